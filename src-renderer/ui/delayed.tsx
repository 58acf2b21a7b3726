/** Shows its children only after a wait, so that what is quick never flashes a skeleton. */
import { type ReactNode, useEffect, useState } from 'react';

export function Delayed({ children, after = 300 }: { readonly children: ReactNode; readonly after?: number }) {
  const [due, setDue] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setDue(true), after);
    return () => clearTimeout(timer);
  }, [after]);
  return due ? children : undefined;
}
