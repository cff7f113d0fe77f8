/** Rounding, wrapping and conversion of elements. */
import assert from 'node:assert/strict';
import { convert, fromBigInt, roundTiesToEven, roundToBfloat16, roundToHalf, settle } from '../../src/evaluation/elements';

describe('elements', () => {
  it('round to half precision', () => {
    for (const [x, half] of [[1, 1], [2049, 2048], [2051, 2052], [65519, 65504], [65520, Infinity], [-1e9, -Infinity], [2 ** -24, 2 ** -24], [2 ** -26, 0], [0.1, 0.0999755859375]] as const) {
      assert.equal(roundToHalf(x), half, String(x));
    }
    assert.ok(Number.isNaN(roundToHalf(NaN)));
    assert.ok(Object.is(roundToHalf(-0), -0));
  });

  it('round to bfloat16', () => {
    for (const [x, rounded] of [[1, 1], [257, 256], [259, 260], [0.1, 0.10009765625], [3.39e38, 3.3895313892515355e38]] as const) {
      assert.ok(Math.abs(roundToBfloat16(x) - rounded) <= Math.abs(rounded) * 1e-7, String(x));
    }
    assert.ok(Number.isNaN(roundToBfloat16(NaN)));
  });

  it('wrap narrow integers and refuse wide ones that are not exact', () => {
    assert.deepEqual(settle(Float64Array.of(128, -129, 256), 'int8'), Float64Array.of(-128, 127, 0));
    assert.deepEqual(settle(Float64Array.of(-1, 256), 'uint8'), Float64Array.of(255, 0));
    assert.throws(() => settle(Float64Array.of(2 ** 54), 'int64'), /beyond 2\^53/);
    assert.equal(fromBigInt(2n ** 62n + 5n, 'int32'), 5);
    assert.throws(() => fromBigInt(2n ** 53n + 1n, 'int64'), /beyond 2\^53/);
  });

  it('convert as Tensor.to does', () => {
    assert.deepEqual(convert(Float32Array.of(1.9, -1.9), 'float32', 'int64'), Float64Array.of(1, -1));
    assert.deepEqual(convert(Float32Array.of(NaN, 0), 'float32', 'bool'), Uint8Array.of(1, 0));
    assert.throws(() => convert(Float32Array.of(NaN), 'float32', 'int64'), /NaN has no int64 value/);
  });

  it('round halves to even', () => {
    assert.deepEqual([0.5, 1.5, 2.5, -0.5, -1.5].map(roundTiesToEven).map((x) => x + 0), [0, 2, 2, 0, -2]);
  });
});
