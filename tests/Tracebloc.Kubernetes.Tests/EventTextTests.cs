using System.Text;

namespace Tracebloc.Kubernetes.Tests;

public sealed class EventTextTests
{
    private const string House = "🏠";

    [Theory]
    [InlineData("short", "short")]
    [InlineData("", "")]
    public void A_text_that_fits_stays_whole(string text, string expected)
    {
        Assert.Equal(expected, EventText.Note(text));
        Assert.Equal(expected, EventText.Instance(text));
    }

    [Fact]
    public void Of_a_long_text_the_beginning_is_left_without_a_half_of_a_letter()
    {
        var houses = string.Concat(Enumerable.Repeat(House, 600));

        Assert.Equal(1024, Encoding.UTF8.GetByteCount(EventText.Note(houses)));
        Assert.Equal(1021, Encoding.UTF8.GetByteCount(EventText.Note($"a{houses}")));
        Assert.Equal(128, EventText.Instance(houses).Length);
        Assert.Equal(127, EventText.Instance($"a{houses}").Length);
    }

    [Fact]
    public void A_note_is_the_longest_beginning_that_fits()
    {
        var random = new Random(7);
        for (var trial = 0; trial < 500; trial++)
        {
            string[] letters = [.. random.GetItems<string>(["a", "é", "€", House], random.Next(1200))];
            var expected = "";
            foreach (var letter in letters.TakeWhile(letter => Encoding.UTF8.GetByteCount(expected + letter) <= 1024))
                expected += letter;

            Assert.Equal(expected, EventText.Note(string.Concat(letters)));
        }
    }

    [Fact]
    public void A_time_has_six_decimals_in_UTC() => Assert.Equal(
        "2026-01-02T02:04:05.000600Z",
        EventText.Time(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(1)).AddTicks(6_000)));

    [Fact]
    public void Equal_parts_make_equal_names_of_a_length_that_is_taken()
    {
        var name = EventText.Name(new string('a', 253), "uid", null, "reason");

        Assert.Equal(name, EventText.Name(new string('a', 253), "uid", null, "reason"));
        Assert.NotEqual(name, EventText.Name(new string('a', 253), "uid", "", "other"));
        Assert.Matches("^a{200}[.][0-9a-f]{16}$", name);
    }
}
