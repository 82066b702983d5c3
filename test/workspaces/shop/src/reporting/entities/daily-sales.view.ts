import { Index, ViewColumn, ViewEntity } from 'typeorm';

@ViewEntity({
  name: 'daily_sales',
  materialized: true,
  expression: `
    SELECT date_trunc('day', o.placed_at) AS day,
           o.total_currency AS currency,
           count(*) AS order_count,
           sum(o.total_amount) AS revenue
    FROM orders o
    WHERE o.status <> 'cancelled'
    GROUP BY 1, 2
  `,
})
@Index(['day', 'currency'], { unique: true })
export class DailySales {
  @ViewColumn()
  day!: Date;

  @ViewColumn()
  currency!: string;

  @ViewColumn()
  orderCount!: number;

  @ViewColumn()
  revenue!: string;
}
