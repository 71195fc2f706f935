import { Pool } from 'undici';

/** Reads the inventory's first 200 products over connections that stay open. */
export function inventoryClient(url) {
  const inventory = url && new Pool(url, { connections: 12, headersTimeout: 1000, bodyTimeout: 1000 });

  return async function inventoryCheck() {
    const timestamp = new Date().toISOString();
    try {
      const { statusCode, body } = await inventory.request({ method: 'GET', path: '/inventory?limit=200' });
      if (statusCode !== 200) {
        await body.dump();
        throw new Error(`The inventory returned ${statusCode}.`);
      }
      const { data } = await body.json();
      const inventoryItems = data.map(({ productId, stockLevel, available }) => ({ productId, stockLevel, available }));
      return { checked: true, inventoryItems, timestamp };
    } catch (error) {
      return { checked: false, inventoryItems: [], message: error.message, timestamp };
    }
  };
}
