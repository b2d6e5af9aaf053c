import type { CloseReason, ErrorCode } from '@confab/protocol';

/** Reason codes that this gateway tells (MQTT 5.0, section 2.4). */
export const reasonCodes = {
  success: 0x00,
  'no-subscription-existed': 0x11,
  unspecified: 0x80,
  malformed: 0x81,
  'protocol-error': 0x82,
  'implementation-specific': 0x83,
  'unsupported-version': 0x84,
  'client-id-not-valid': 0x85,
  'bad-credentials': 0x86,
  'not-authorized': 0x87,
  'server-unavailable': 0x88,
  'server-busy': 0x89,
  'server-shutting-down': 0x8b,
  'bad-authentication-method': 0x8c,
  'keep-alive-timeout': 0x8d,
  'session-taken-over': 0x8e,
  'filter-invalid': 0x8f,
  'topic-invalid': 0x90,
  'packet-id-not-found': 0x92,
  'receive-maximum-exceeded': 0x93,
  'topic-alias-invalid': 0x94,
  'packet-too-large': 0x95,
  'message-rate-too-high': 0x96,
  'quota-exceeded': 0x97,
  'payload-format-invalid': 0x99,
  'shared-not-supported': 0x9e,
  'connection-rate-exceeded': 0x9f,
} as const;

export type Reason = keyof typeof reasonCodes;

/** CONNACK of MQTT 3.1.1 has five ways to say no (section 3.2.2.3). */
const returnCodes = { version: 1, clientId: 2, unavailable: 3, credentials: 4, authorized: 5 } as const;

const returnCodeOf: Partial<Record<Reason, number>> = {
  'unsupported-version': returnCodes.version,
  'client-id-not-valid': returnCodes.clientId,
  'bad-credentials': returnCodes.credentials,
  'not-authorized': returnCodes.authorized,
  'topic-invalid': returnCodes.authorized,
  'server-unavailable': returnCodes.unavailable,
  'server-busy': returnCodes.unavailable,
  'connection-rate-exceeded': returnCodes.unavailable,
  'quota-exceeded': returnCodes.unavailable,
  unspecified: returnCodes.unavailable,
};

/** The return code of a refused CONNECT in MQTT 3.1.1; `undefined`: the connection is only closed. */
export function connectReturnCode(reason: Reason): number | undefined {
  return reason === 'success' ? 0 : returnCodeOf[reason];
}

/** Why a CONNECT is refused. */
const connectReasons: Partial<Record<ErrorCode, Reason>> = {
  unauthenticated: 'bad-credentials',
  'wrong-credentials': 'bad-credentials',
  'invalid-params': 'bad-credentials',
  'session-revoked': 'not-authorized',
  'session-expired': 'not-authorized',
  'account-disabled': 'not-authorized',
  'too-many-requests': 'connection-rate-exceeded',
  'limit-reached': 'quota-exceeded',
  overloaded: 'server-busy',
  draining: 'server-unavailable',
  'not-set-up': 'server-unavailable',
  'storage-unavailable': 'server-unavailable',
};

export function connectReason(code: ErrorCode): Reason {
  return connectReasons[code] ?? 'unspecified';
}

/** Why a PUBLISH or SUBSCRIBE is refused: of the codes that PUBACK and SUBACK may hold. */
const requestReasons: Partial<Record<ErrorCode, Reason>> = {
  forbidden: 'not-authorized',
  'not-found': 'not-authorized',
  unauthenticated: 'not-authorized',
  'session-revoked': 'not-authorized',
  'session-expired': 'not-authorized',
  'account-disabled': 'not-authorized',
  'room-archived': 'not-authorized',
  'not-in-this-room': 'not-authorized',
  'invalid-params': 'payload-format-invalid',
  'text-empty': 'payload-format-invalid',
  'text-too-long': 'payload-format-invalid',
  'unknown-command': 'topic-invalid',
  'too-many-requests': 'quota-exceeded',
  'too-many-in-flight': 'quota-exceeded',
  'limit-reached': 'quota-exceeded',
};

export function publishReason(code: ErrorCode): Reason {
  return requestReasons[code] ?? 'implementation-specific';
}

/** PUBACK has `payload-format-invalid` and `topic-invalid`, SUBACK has not. */
export function subscribeReason(code: ErrorCode): Reason {
  const reason = publishReason(code);
  return reason === 'not-authorized' || reason === 'quota-exceeded' ? reason : 'implementation-specific';
}

/** Why the server ends a connection: every reason of the protocol's own list. */
export const disconnectReasons: Readonly<Record<CloseReason, Reason>> = {
  normal: 'success',
  'frame-too-large': 'packet-too-large',
  draining: 'server-shutting-down',
  'hello-timeout': 'keep-alive-timeout',
  malformed: 'malformed',
  'unsupported-version': 'unsupported-version',
  unauthenticated: 'not-authorized',
  'session-revoked': 'not-authorized',
  'session-expired': 'not-authorized',
  'too-slow': 'quota-exceeded',
  'heartbeat-missed': 'keep-alive-timeout',
  'too-many-connections': 'quota-exceeded',
  flooding: 'message-rate-too-high',
  overloaded: 'server-busy',
  internal: 'unspecified',
};
