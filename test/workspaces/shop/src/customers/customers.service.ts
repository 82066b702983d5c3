import { scrypt as scryptCallback, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { ConflictException, Injectable, Logger } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThan, Repository } from 'typeorm';
import { RegisterCustomerDto } from './dto/register-customer.dto';
import { Customer } from './entities/customer.entity';

const scrypt = promisify<string, string, number, Buffer>(scryptCallback);

@Injectable()
export class CustomersService {
  private readonly logger = new Logger(CustomersService.name);

  constructor(
    @InjectRepository(Customer)
    private readonly customers: Repository<Customer>,
  ) {}

  async register(input: RegisterCustomerDto): Promise<Customer> {
    if (await this.findByEmail(input.email)) {
      throw new ConflictException('This address is registered already');
    }
    this.logger.log(
      `New customer ${input.firstName} ${input.lastName} <${input.email}>`,
    );
    const { password, ...data } = input;
    return this.customers.save({
      ...data,
      passwordHash: await this.hash(password),
    });
  }

  findByEmail(email: string): Promise<Customer | null> {
    return this.customers
      .createQueryBuilder('customer')
      .where('LOWER(customer.email) = LOWER(:email)', { email })
      .getOne();
  }

  list(): Promise<Customer[]> {
    return this.customers.find({
      order: { lastName: 'ASC', firstName: 'ASC' },
    });
  }

  get(id: string): Promise<Customer> {
    return this.customers.findOneOrFail({
      where: { id },
      relations: { addresses: true, orders: true, paymentMethods: true },
    });
  }

  async update(id: string, changes: Partial<Customer>): Promise<void> {
    await this.customers.save({ ...changes, id });
  }

  /** GDPR, article 17. */
  async erase(id: string): Promise<void> {
    await this.customers.delete({ id });
  }

  inactiveSince(date: Date, limit: number): Promise<Customer[]> {
    return this.customers.find({
      select: { id: true, email: true, lastSeenAt: true },
      where: { lastSeenAt: LessThan(date) },
      order: { lastSeenAt: 'ASC' },
      take: limit,
      loadEagerRelations: false,
    });
  }

  private async hash(password: string): Promise<string> {
    const salt = randomBytes(16).toString('hex');
    const key = await scrypt(password, salt, 32);
    return `${salt}:${key.toString('hex')}`;
  }
}
