/** Which folder is the cache. */
import assert from 'node:assert/strict';
import * as path from 'node:path';
import { cacheDirectory, type CacheEnvironment } from '../../../src/evaluation/provision/cacheDirectory';

const on = (platform: NodeJS.Platform, env: CacheEnvironment['env'] = {}): string => cacheDirectory({ platform, env, home: platform === 'win32' ? 'C:\\Users\\me' : '/home/me' });

describe('the cache folder', () => {
  it('is the one asked for', () => assert.equal(on('linux', { SHAPELENS_CACHE: '/big/disk', XDG_CACHE_HOME: '/x' }), '/big/disk'));
  it('is made absolute', () => assert.equal(on('linux', { SHAPELENS_CACHE: 'here' }), path.resolve('here')));
  it('follows XDG_CACHE_HOME', () => assert.equal(on('linux', { XDG_CACHE_HOME: '/x' }), '/x/shapelens'));
  it('ignores a relative XDG_CACHE_HOME', () => assert.equal(on('linux', { XDG_CACHE_HOME: 'x' }), '/home/me/.cache/shapelens'));
  it('is .cache on Linux', () => assert.equal(on('linux'), '/home/me/.cache/shapelens'));
  it('is Library/Caches on macOS', () => assert.equal(on('darwin'), '/home/me/Library/Caches/shapelens'));
  it('is LOCALAPPDATA on Windows', () => {
    assert.equal(on('win32', { LOCALAPPDATA: 'D:\\Local' }), 'D:\\Local\\shapelens\\Cache');
    assert.equal(on('win32'), 'C:\\Users\\me\\AppData\\Local\\shapelens\\Cache');
  });
});
