import { lift } from './pending';
import type { Order } from './resource';

/**
 * The name that follows a collection in the full name of a resource, which clouds write as pairs of the two:
 * of `projects/shop/topics/orders`, `topics` gives `orders`. SDKs want the pieces.
 */
export function segment(fullName: Order['fullName'], collection: string): Order['fullName'] {
  return lift(fullName, text => {
    const parts = text.replace(/^\//, '').split('/');
    return parts.find((_, i) => i % 2 === 1 && parts[i - 1] === collection) ?? '';
  });
}
