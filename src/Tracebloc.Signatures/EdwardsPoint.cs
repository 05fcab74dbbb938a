using System.Numerics;

namespace Tracebloc.Signatures;

/// <summary>A point of edwards25519 in extended coordinates (RFC 8032 section 5.1.4).</summary>
internal readonly record struct EdwardsPoint(BigInteger X, BigInteger Y, BigInteger Z, BigInteger T)
{
    public const int Size = 32;

    public static readonly BigInteger Prime = BigInteger.Pow(2, 255) - 19;

    /// <summary>How many multiples the base point has.</summary>
    public static readonly BigInteger Order =
        BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", null);

    private static readonly BigInteger D = Mod(-121665 * Invert(121666));
    private static readonly BigInteger RootOfMinusOne = BigInteger.ModPow(2, (Prime - 1) / 4, Prime);
    private static readonly EdwardsPoint Neutral = new(0, 1, 1, 0);

    public static readonly EdwardsPoint Base = Of(RecoverX(Mod(4 * Invert(5)), false) ?? 0, Mod(4 * Invert(5)));

    /// <summary>The point behind 32 bytes; null when they are no encoding that RFC 8032 section 5.1.3 allows.</summary>
    public static EdwardsPoint? Decode(ReadOnlySpan<byte> bytes)
    {
        var number = new BigInteger(bytes, isUnsigned: true);
        var isOdd = number >> 255 == 1;
        var y = isOdd ? number - BigInteger.Pow(2, 255) : number;
        return y < Prime && RecoverX(y, isOdd) is { } x ? Of(x, y) : null;
    }

    public static EdwardsPoint operator +(EdwardsPoint left, EdwardsPoint right)
    {
        var a = (left.Y - left.X) * (right.Y - right.X);
        var b = (left.Y + left.X) * (right.Y + right.X);
        var c = 2 * Mod(left.T * right.T) * D;
        var d = 2 * left.Z * right.Z;
        var (e, f, g, h) = (Mod(b - a), Mod(d - c), Mod(d + c), Mod(b + a));
        return new EdwardsPoint(Mod(e * f), Mod(g * h), Mod(f * g), Mod(e * h));
    }

    public static EdwardsPoint operator *(BigInteger factor, EdwardsPoint point)
    {
        var product = Neutral;
        for (var bit = (int)factor.GetBitLength() - 1; bit >= 0; bit--)
        {
            product += product;
            if (!(factor >> bit).IsEven)
                product += point;
        }
        return product;
    }

    public bool Equals(EdwardsPoint other) =>
        Mod(X * other.Z) == Mod(other.X * Z) && Mod(Y * other.Z) == Mod(other.Y * Z);

    public override int GetHashCode() => HashCode.Combine(Mod(X * Invert(Z)), Mod(Y * Invert(Z)));

    public static BigInteger Mod(BigInteger value)
    {
        var rest = value % Prime;
        return rest.Sign < 0 ? rest + Prime : rest;
    }

    public static BigInteger Invert(BigInteger value) => BigInteger.ModPow(value, Prime - 2, Prime);

    private static EdwardsPoint Of(BigInteger x, BigInteger y) => new(x, y, 1, Mod(x * y));

    private static BigInteger? RecoverX(BigInteger y, bool isOdd)
    {
        var (u, v) = (Mod((y * y) - 1), Mod((D * y * y) + 1));
        var square = Mod(u * Invert(v));
        var x = BigInteger.ModPow(square, (Prime + 3) / 8, Prime);
        if (Mod(x * x) != square)
            x = Mod(x * RootOfMinusOne);
        if (Mod(x * x) != square || (x.IsZero && isOdd))
            return null;
        return x.IsEven == isOdd ? Prime - x : x;
    }
}
