/** Names that stand for the network wherever they are used; a name of the project's own proves nothing. */
const remote =
  /^(?:await\s+)?(?:fetch|axios|got|needle|superagent|request)$|^(?:axios|got|superagent|ky|requests|httpx)\.(?:get|post|put|patch|delete|head|request)$|(?:^|\.)(?:httpService|httpClient|restTemplate|webClient|axiosRef)\.\w+$|(?:^|\.)(?:mailer|mailerService|mailService|emailService|javaMailSender|smtp\w*)\.(?:send\w*)$/iu;

/** The call leaves the machine: what is around it waits for another one. */
export function isRemote(callee: string): boolean {
  return remote.test(callee.replace(/^this\.|^self\./u, ''));
}
