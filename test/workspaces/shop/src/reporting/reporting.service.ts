import { Injectable } from '@nestjs/common';
import { Cron, CronExpression } from '@nestjs/schedule';
import { InjectRepository } from '@nestjs/typeorm';
import { DataSource, Repository } from 'typeorm';
import { DailySales } from './entities/daily-sales.view';

@Injectable()
export class ReportingService {
  constructor(
    private readonly dataSource: DataSource,
    @InjectRepository(DailySales)
    private readonly sales: Repository<DailySales>,
  ) {}

  dailySales(currency: string): Promise<DailySales[]> {
    return this.sales.find({
      where: { currency },
      order: { day: 'DESC' },
      take: 90,
    });
  }

  topCustomers(
    order: string,
  ): Promise<{ id: string; email: string; revenue: string }[]> {
    return this.dataSource.query(
      'SELECT c.id, c.email, sum(o.total_amount) AS revenue FROM customers c ' +
        'JOIN orders o ON o.customer_id = c.id ' +
        'GROUP BY c.id, c.email ORDER BY ' +
        order +
        ' LIMIT 100',
    );
  }

  @Cron(CronExpression.EVERY_HOUR)
  async refresh(): Promise<void> {
    await this.dataSource.query('REFRESH MATERIALIZED VIEW daily_sales');
  }
}
