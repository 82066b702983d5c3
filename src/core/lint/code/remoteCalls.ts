import type { Call, FileFacts } from '../../schema/code.ts';
import { classAround } from './calls.ts';

/** Names that stand for the network wherever they are used; a name of the project's own proves nothing. */
const remote =
  /^(?:await\s+)?(?:fetch|axios|got|needle|superagent|request)$|^(?:axios|got|superagent|ky|requests|httpx)\.(?:get|post|put|patch|delete|head|request)$|(?:^|\.)(?:httpService|httpClient|restTemplate|webClient|axiosRef)\.\w+$|(?:^|\.)(?:mailer|mailerService|mailService|emailService|javaMailSender|smtp\w*)\.(?:send\w*)$/iu;

/** Clients whose every call asks another machine, or a mail server. */
const clients =
  /^(?:RestTemplate|RestClient|RestOperations|OkHttpClient|HttpClient|IHttpClientFactory|JavaMailSender|MailSender|ISmtpClient|SmtpClient|AxiosInstance|HttpService|MailerService|S3Client|AmazonS3)\b/u;

/** What only makes ready what is asked: an address, a builder, a message. */
const preparing =
  /^(?:target|newBuilder|build|mutate|property|register|header|create(?:Mime)?Message|close|set[A-Z]\w*)$/u;

/** The call leaves the machine: what is around it waits for another one. By its name, or by the type of the field it goes to. */
export function isRemote({ callee, function: id }: Call, file: FileFacts): boolean {
  const path = callee.replace(/^this\.|^self\./u, '');
  if (remote.test(path)) return true;
  const [first = '', method] = path.split('.');
  const owner = classAround(file, id);
  return (
    method !== undefined &&
    !preparing.test(method) &&
    file.fields.some((field) => field.name === first && field.owner === owner && clients.test(field.type))
  );
}
