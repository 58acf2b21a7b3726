/** The profiles of scans: which ports are tried, and how much is asked of a service that says nothing by itself. */
import type { ProbeName } from '../probe/identify-service';
import { readPorts } from './read-ports';

export const PROFILE_NAMES = ['quick', 'standard', 'deep'] as const;
export type ProfileName = (typeof PROFILE_NAMES)[number];

export interface Profile {
  readonly description: string;
  readonly ports: readonly number[];
  /** Questions to a port that says nothing by itself, in this order, until one is answered. */
  readonly probes: readonly ProbeName[];
}

const QUICK = '21-23,25,53,80,110,139,143,443,445,1433,3306,3389,5432,5900,6379,8080,8443,27017';

/** What servers of a company listen on: mail, files, databases, management, development. */
const STANDARD = [
  QUICK,
  '26,79,81,88,106,111,113,119,135,179,199,389,427,444,465,513-515,543,544,548,554,587,631,636,646,873,990,993,995',
  '1080,1099,1110,1521,1720,1723,1883,2049,2121,2181,2375,2376,2379,3000,3128,3268,4369,4848,5000,5060,5222,5601',
  '5672,5800,5901,5984,5985,6000,6443,7001,7070,8000,8008,8009,8081,8086,8088,8123,8161,8500,8888,9000,9042,9090',
  '9092,9100,9200,9418,9999,10000,10250,11211,15672,50000,50070',
].join(',');

const DEEP = [
  '1-1024',
  STANDARD,
  '1025-1030,1194,1234,1311,1352,1434,1494,1604,1700,1812,1900,2000,2001,2082,2083,2086,2087,2095,2096,2222,2380,2480',
  '2638,3001,3050,3260,3299,3690,4000,4040,4200,4443,4444,4505,4506,4567,4786,5001,5004,5044,5355,5433,5555,5666,5671',
  '5938,5986,6001,6066,6380,6666,6667,6697,7000,7077,7199,7443,7474,7547,7687,7777,8001,8006,8010,8042,8069,8083-8085',
  '8089-8091,8140,8181,8200,8222,8333,8400,8444,8480,8529,8554,8649,8686,8834,8880,8883,8983,9001,9009,9043,9060,9080',
  '9091,9093-9095,9160,9191,9300,9443,9600,9869,9990,10001,10050,10051,10255,10443,11210,11214,12345,13306,16010',
  '16379,17500,18080,19999,20000,22222,25565,26379,27018,27019,28017,32400,37777,44818,47808,49152-49157,50030,50060',
  '54321,60000,61616,64738,65535',
].join(',');

export const PROFILES: Readonly<Record<ProfileName, Profile>> = {
  quick: {
    description: 'The 20 ports that matter most. Asks only what fits a port, and HTTP.',
    ports: readPorts(QUICK),
    probes: ['http'],
  },
  standard: {
    description: 'About 120 ports of servers. Also asks for TLS and Redis.',
    ports: readPorts(STANDARD),
    probes: ['http', 'tls', 'redis'],
  },
  deep: {
    description: 'Ports 1 to 1024 and well-known ones above. Asks everything that it knows.',
    ports: readPorts(DEEP),
    probes: ['http', 'tls', 'redis', 'postgresql', 'mongodb'],
  },
};
