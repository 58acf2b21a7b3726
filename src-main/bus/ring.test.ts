import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Ring } from './ring';

it('a ring holds what an array would, whatever is done to it', () => {
  const step = fc.oneof({ weight: 3, arbitrary: fc.nat() }, { weight: 2, arbitrary: fc.constant('shift' as const) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const ring = new Ring<number>();
      const model: number[] = [];
      for (const next of steps) {
        if (next === 'shift') expect(ring.shift()).toBe(model.shift());
        else {
          ring.push(next);
          model.push(next);
        }
        expect(ring.length).toBe(model.length);
      }
      while (model.length > 0) expect(ring.shift()).toBe(model.shift());
      expect(ring.shift()).toBeUndefined();
    }),
  );
});
