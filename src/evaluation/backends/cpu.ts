/** The plain JavaScript backend: always there, slowest. */
import * as tf from '@tensorflow/tfjs-core';

export async function startCpu(): Promise<void> {
  // Else its first operation prints an advertisement for the native backend.
  tf.env().set('PROD', true);
  await import('@tensorflow/tfjs-backend-cpu');
  await tf.setBackend('cpu');
  await tf.ready();
}
