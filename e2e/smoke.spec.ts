import { expect, test } from './fixtures/studio';

test('the studio opens and says its name', async ({ page }) => {
  await expect(page).toHaveTitle(/MCP Plugin Studio/);
});
