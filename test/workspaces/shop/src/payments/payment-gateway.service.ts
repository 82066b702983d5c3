import { Injectable } from '@nestjs/common';
import { Money } from '@shop/common/values/money';

@Injectable()
export class PaymentGateway {
  async authorise(reference: string, total: Money): Promise<string> {
    return this.call('authorisations', { reference, ...total });
  }

  async refund(gatewayReference: string, amount: string): Promise<string> {
    return this.call('refunds', { gatewayReference, amount });
  }

  private async call(
    path: string,
    body: Record<string, string>,
  ): Promise<string> {
    const response = await fetch(
      `${process.env['PAYMENT_GATEWAY_URL']}/${path}`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      },
    );
    if (!response.ok) {
      throw new Error(`Payment gateway answered ${response.status} to ${path}`);
    }
    const { id } = (await response.json()) as { id: string };
    return id;
  }
}
