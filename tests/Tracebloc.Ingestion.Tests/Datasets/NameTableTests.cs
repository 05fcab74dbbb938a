using Tracebloc.Ingestion.Datasets;

namespace Tracebloc.Ingestion.Tests.Datasets;

public sealed class NameTableTests
{
    [Fact]
    public void Names_are_found_and_marked_once()
    {
        var names = new NameTable();
        Assert.True(names.Add("cat.jpg"));
        Assert.True(names.Add("dog.jpg"));

        Assert.Equal(NameMatch.Same, names.Mark("cat.jpg"));
        Assert.Equal(NameMatch.Same, names.Mark("cat.jpg"));
        Assert.Equal(NameMatch.Absent, names.Mark("bird.jpg"));

        Assert.Equal((2, 1), (names.Count, names.Marked));
        Assert.True(names.IsMarked("cat.jpg"));
        Assert.False(names.IsMarked("dog.jpg"));
        Assert.False(names.IsMarked("bird.jpg"));
    }

    [Theory]
    [InlineData("cat.jpg", "Cat.jpg")]
    [InlineData("straße.jpg", "STRAßE.jpg")]
    [InlineData("ÉCLAIR.jpg", "éclair.jpg")]
    public void Names_that_differ_by_case_are_recognised(string name, string other)
    {
        var names = new NameTable();
        names.Add(name);

        Assert.False(names.Add(other));
        Assert.Equal(NameMatch.OtherCase, names.Find(other));
        Assert.Equal(NameMatch.OtherCase, names.Mark(other));
        Assert.False(names.IsMarked(other));
        Assert.Equal(0, names.Marked);
    }

    [Fact]
    public void Marks_survive_growing()
    {
        var names = new NameTable();
        for (var i = 0; i < 5_000; i++)
        {
            names.Add($"{i}.jpg");
            if (i % 7 == 0) names.Mark($"{i}.jpg");
        }

        Assert.Equal(5_000, names.Count);
        Assert.All(Enumerable.Range(0, 5_000), i => Assert.Equal(i % 7 == 0, names.IsMarked($"{i}.jpg")));
        Assert.Equal(NameMatch.Absent, names.Find("5000.jpg"));
    }

    [Theory]
    [InlineData(700)]
    [InlineData(100_000)]
    public void A_name_takes_at_most_43_bytes_however_long_it_is(int count)
    {
        var names = new NameTable();
        for (var i = 0; i < count; i++) names.Add($"a rather long name of the file number {i}.jpg");

        Assert.InRange(names.Bytes / count, 16, 43);
    }

    [Fact]
    public void A_name_of_any_length_is_kept()
    {
        var names = new NameTable();
        var name = new string('界', 5_000);

        Assert.True(names.Add(name));
        Assert.Equal(NameMatch.Same, names.Find(name));
        Assert.Equal(NameMatch.Absent, names.Find(name[1..]));
    }
}
