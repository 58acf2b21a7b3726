/** A feed in a file of the plugin's folder. It is read again when the file was changed. */
import type { PluginFiles } from 'mcp-plugin-sdk';
import type { Settings } from '../settings';
import type { Feed, FeedState } from './feed';
import { loadFeed } from './load-feed';

export function createFileFeed(files: PluginFiles, settings: Settings): Feed {
  const { feedFile } = settings;
  let state: FeedState | undefined;
  let reading: Promise<FeedState> | undefined;

  const read = async (): Promise<FeedState> => {
    const info = await files.stat(feedFile);
    if (info === undefined) throw new Error(`There is no feed ${feedFile}. Correct feed_file, or empty it.`);
    const generation = `${info.modified} ${info.size}`;
    if (state?.generation !== generation) {
      state = loadFeed(feedFile, await files.readText(feedFile), generation, settings);
    }
    return state;
  };

  return {
    name: feedFile,
    read() {
      reading ??= read().finally(() => {
        reading = undefined;
      });
      return reading;
    },
  };
}
