/** Hands the client and the stores to every component. */
import { createContext, type ReactNode, useContext } from 'react';
import type { StudioClient } from '../client/studio-client';
import type { Stores } from './stores';

interface Studio {
  readonly client: StudioClient;
  readonly stores: Stores;
}

const StudioContext = createContext<Studio | undefined>(undefined);

export function StoresProvider({ client, stores, children }: Studio & { readonly children: ReactNode }) {
  return <StudioContext value={{ client, stores }}>{children}</StudioContext>;
}

function useStudio(): Studio {
  const studio = useContext(StudioContext);
  if (studio === undefined) throw new Error('A component outside StoresProvider asked for the stores.');
  return studio;
}

export const useClient = () => useStudio().client;
export const useStores = () => useStudio().stores;
