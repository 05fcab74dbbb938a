using System.Globalization;
using System.Text;
using Tracebloc.Testing;

namespace Tracebloc.Registry.Tests;

/// <summary>The worst megabyte of JSON that a registry can serve, by the memory that it takes.</summary>
public sealed class ManifestWorkTests
{
    private const string Members = "\"mediaType\":\"\",\"digest\":\"sha256:"
        + "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"";

    public static TheoryData<string, string, string> Worst => new()
    {
        { "{\"annotations\":{", "\"{0}\":\"\"", "}}" },
        { "{\"annotations\":{", "\"a\":\"\"", "}}" },
        { "{\"layers\":[", "{{" + Members + "}}", "]}" },
        { "{\"layers\":[", "{{" + Members + ",\"annotations\":{{\"{0}\":\"\"}}}}", "]}" },
        { "{\"manifests\":[", "{{" + Members + ",\"platform\":{{}}}}", "]}" },
        { "{\"x\":[", "[]", "]}" },
        { "{", "\"{0}\":0", "}" },
        { "{", "\"layers\":[]", "}" },
    };

    [Theory]
    [MemberData(nameof(Worst))]
    public void A_manifest_takes_fifteen_times_its_size_at_most(string start, string repeated, string end)
    {
        var (half, whole) = (Text(start, repeated, end, 1 << 19), Text(start, repeated, end, 1 << 20));

        var (ofHalf, ofWhole) = (Allocations.Of(half, Read), Allocations.Of(whole, Read));

        Assert.InRange(ofWhole, 0, 15L << 20);
        Assert.InRange(ofWhole, 0, (ofHalf * 3) + (1 << 16));
    }

    private static void Read(byte[] json) => Assert.True(Manifest.TryParse(json, out _, out _));

    private static byte[] Text(string start, string repeated, string end, int length)
    {
        var text = new StringBuilder(start);
        for (var i = 0; text.Length < length; i++)
            text.Append(i == 0 ? "" : ",").AppendFormat(CultureInfo.InvariantCulture, repeated, i);
        return Encoding.UTF8.GetBytes(text.Append(end).ToString());
    }
}
