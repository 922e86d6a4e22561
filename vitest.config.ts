import { defineConfig } from 'vitest/config';

export default defineConfig({
  define: { __TVDD_VERSION__: JSON.stringify('test') },
  test: { include: ['test/**/*.test.ts'], testTimeout: 60_000, pool: 'threads' },
});
