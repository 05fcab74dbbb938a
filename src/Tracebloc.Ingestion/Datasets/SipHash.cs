using System.Buffers.Binary;
using System.Numerics;

namespace Tracebloc.Ingestion.Datasets;

/// <summary>
/// A fast hash with a key: without the key, no two texts of one hash can be made (SipHash-2-4,
/// https://www.aumasson.jp/siphash/siphash.pdf).
/// </summary>
/// <param name="first">The first half of a random key, little-endian.</param>
/// <param name="second">The second half.</param>
internal sealed class SipHash(ulong first, ulong second)
{
    /// <summary>The hash of some bytes.</summary>
    public ulong Of(ReadOnlySpan<byte> bytes)
    {
        var state = new State(first, second);
        var length = (ulong)bytes.Length;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            state.Add(BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        var last = length << 56;
        for (var i = 0; i < bytes.Length; i++) last |= (ulong)bytes[i] << (8 * i);
        state.Add(last);
        return state.End();
    }

    private ref struct State(ulong first, ulong second)
    {
        private ulong _a = first ^ 0x736f6d6570736575;
        private ulong _b = second ^ 0x646f72616e646f6d;
        private ulong _c = first ^ 0x6c7967656e657261;
        private ulong _d = second ^ 0x7465646279746573;

        public void Add(ulong word)
        {
            _d ^= word;
            Mix();
            Mix();
            _a ^= word;
        }

        public ulong End()
        {
            _c ^= 0xff;
            for (var i = 0; i < 4; i++) Mix();
            return _a ^ _b ^ _c ^ _d;
        }

        private void Mix()
        {
            _a += _b;
            _b = BitOperations.RotateLeft(_b, 13) ^ _a;
            _a = BitOperations.RotateLeft(_a, 32);
            _c += _d;
            _d = BitOperations.RotateLeft(_d, 16) ^ _c;
            _a += _d;
            _d = BitOperations.RotateLeft(_d, 21) ^ _a;
            _c += _b;
            _b = BitOperations.RotateLeft(_b, 17) ^ _c;
            _c = BitOperations.RotateLeft(_c, 32);
        }
    }
}
