/** The payload of a TCP segment on an Ethernet path: 1500 less 20 of IP, 20 of TCP and 12 of time stamps (RFC 9293, RFC 7323). */
export const segmentBytes = 1448;
