using System.Text;

namespace Tracebloc.Net.Tests;

/// <summary>The work of reading PEM, counted in the bytes that are passed.</summary>
public sealed class PemReaderTests
{
    private const string Begin = "-----BEGIN ", Certificate = "CERTIFICATE-----", End = "-----END ";

    public static TheoryData<string, string, string> Worst => new()
    {
        { "a line of beginnings", "", Begin },
        { "a line of certificates' beginnings", "x", Begin + Certificate },
        { "beginnings behind half a line of blanks", new string(' ', 1 << 19), Begin },
        { "lines of beginnings", "", Begin + Certificate + "\n" },
        { "blocks that are cut off", "", $"{Begin}{Certificate}\n{End}" },
        { "ends", Begin + Certificate + "\n", End },
        { "line breaks", "", "\n" },
    };

    [Theory]
    [MemberData(nameof(Worst))]
    public void The_worst_megabyte_is_passed_once(string what, string start, string repeated)
    {
        var text = Repeat(start, repeated, 1 << 20);
        var reader = new PemReader(text);

        while (reader.Read())
            Assert.NotNull(what);

        Assert.InRange(reader.Steps, 0, text.Length);
    }

    [Theory]
    [InlineData("", true, true)]
    [InlineData(" \t\r", true, false)]
    [InlineData("x", false, false)]
    [InlineData("-----END CERTIFICATE-----", false, false)]
    [InlineData("-----BEGIN X-----", false, false)]
    [InlineData("x\n", true, true)]
    [InlineData("-----BEGIN X-----\n ", true, false)]
    public void A_block_begins_a_line(string before, bool isRead, bool fillsLines)
    {
        var reader = new PemReader(Encoding.UTF8.GetBytes($"{before}{Begin}{Certificate}\nAAAA\n{End}{Certificate}"));

        Assert.Equal(isRead, reader.Read());
        Assert.Equal((fillsLines, isRead), (reader.FillsLines, reader.Der is not null));
        Assert.False(reader.Read());
    }

    private static byte[] Repeat(string start, string repeated, int length)
    {
        var text = new StringBuilder(start, length + repeated.Length);
        while (text.Length < length)
            text.Append(repeated);
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
