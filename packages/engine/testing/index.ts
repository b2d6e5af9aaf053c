export { CheckingClient } from './checking-client.ts';
export { fakeRandom } from './fake-random.ts';
export { FakeTime } from './fake-time.ts';
export { effects, type Hold, MemoryDomain } from './memory-domain.ts';
export { lineFraming, RecordingPeer } from './recording-peer.ts';
export { TestBus } from './test-bus.ts';
export { TestCluster, type TestNode } from './test-cluster.ts';
export { createTestEngine, type Reported, TestClient, testLog, testUser } from './test-engine.ts';
export { NetworkBus, type Passage, TestNetwork } from './test-network.ts';
