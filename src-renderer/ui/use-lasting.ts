/** True once something has gone on for a while, so that what is over in a moment changes nothing on the screen. */
import { useEffect, useState } from 'react';

export function useLasting(goesOn: boolean, after = 300): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (!goesOn) {
      setLasting(false);
      return;
    }
    const timer = setTimeout(() => setLasting(true), after);
    return () => clearTimeout(timer);
  }, [goesOn, after]);
  return goesOn && lasting;
}
