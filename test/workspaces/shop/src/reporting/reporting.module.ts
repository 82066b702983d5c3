import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DailySales } from './entities/daily-sales.view';
import { ReportingController } from './reporting.controller';
import { ReportingService } from './reporting.service';

@Module({
  imports: [TypeOrmModule.forFeature([DailySales])],
  controllers: [ReportingController],
  providers: [ReportingService],
})
export class ReportingModule {}
