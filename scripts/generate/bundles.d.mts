export declare function bundleSdk(root: string, file: string): Promise<unknown>;
export declare function bundleRunner(root: string, file: string): Promise<unknown>;
export declare function bundleDatabaseWorker(root: string, file: string): Promise<void>;
