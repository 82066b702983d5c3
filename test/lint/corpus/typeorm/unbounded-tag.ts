import { InfluxDB, Point, WriteApi } from '@influxdata/influxdb-client';
import { randomUUID } from 'node:crypto';
import { Repository } from 'typeorm';
import { Member, Project, Task } from './model/entities';

export class Measurements {
  constructor(
    private readonly influx: WriteApi,
    private readonly tasks: Repository<Task>,
  ) {}

  // bad: a series per request
  request(id: string, milliseconds: number) {
    this.influx.writePoint(new Point('request').tag('request_id', id).floatField('took', milliseconds)); // expect
  }

  // bad: one per person
  login(member: Member) {
    this.influx.writePoint(new Point('login').tag('email', member.email).intField('count', 1)); // expect
  }

  // bad: one per point
  once(project: Project) {
    this.influx.writePoint(new Point('build').tag('run', randomUUID()).stringField('project', project.name)); // expect
  }

  // bad: camel case hides nothing
  session(sessionId: string) {
    this.influx.writePoint(new Point('session').tag('sessionId', sessionId).intField('count', 1)); // expect
  }

  // bad: a time is the time of the point
  late(at: Date) {
    this.influx.writePoint(new Point('late').tag('timestamp', at.toISOString()).intField('count', 1)); // expect
  }

  // trap: few states
  state(task: Task) {
    this.influx.writePoint(new Point('task').tag('state', task.state).intField('count', 1));
  }

  // trap: machines come back
  machine(deviceId: string, load: number) {
    this.influx.writePoint(new Point('load').tag('device_id', deviceId).floatField('load', load));
  }

  // trap: as a field it makes no series
  field(requestId: string) {
    this.influx.writePoint(new Point('request').tag('route', '/tasks').stringField('request_id', requestId));
  }

  // trap: a name that is not known
  named(name: string, value: string) {
    this.influx.writePoint(new Point('any').tag(name, value).intField('count', 1));
  }

  // trap: a region is no address
  region(region: string) {
    this.influx.writePoint(new Point('ping').tag('region', region).floatField('took', 1));
  }
}
