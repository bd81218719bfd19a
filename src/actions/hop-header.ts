/** Carried by every webhook that our own actions send, so that it is known where it comes back to. */
export const HOP_HEADER = 'x-giftpulse-hop'
