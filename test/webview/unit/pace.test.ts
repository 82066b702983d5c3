import assert from 'node:assert/strict';
import { createPace } from '../../../webview/canvas/pace.ts';

const inTime = 17;
const late = 40;

describe('webview/canvas/pace', () => {
  it('asks little of a machine that it does not know', () => {
    const pace = createPace();
    assert.ok(!pace.tooMany(100));
    assert.ok(pace.tooMany(1000));
  });

  it('asks less of one whose frames come late, but not for a single one', () => {
    const pace = createPace();
    pace.drawn(120, late);
    pace.drawn(120, inTime);
    pace.drawn(120, late);
    assert.ok(!pace.tooMany(120));
    pace.drawn(120, late);
    assert.ok(pace.tooMany(120));
    assert.ok(!pace.tooMany(60));
  });

  it('leaves a handful of tables to be drawn on any machine', () => {
    const pace = createPace();
    for (let frame = 0; frame < 20; frame++) pace.drawn(14, late);
    assert.ok(!pace.tooMany(10));
  });
});
