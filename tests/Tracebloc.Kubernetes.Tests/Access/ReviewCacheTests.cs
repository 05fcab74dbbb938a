using Tracebloc.Testing;

namespace Tracebloc.Kubernetes.Tests;

public sealed class ReviewCacheTests
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(10);

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void An_answer_is_given_out_for_its_life()
    {
        var cache = new ReviewCache<string?>(_time, Life);
        cache.Keep("key", null);

        _time.Advance(Life - TimeSpan.FromTicks(1));
        Assert.True(cache.Find("key", out _));
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.False(cache.Find("key", out _));
    }

    [Fact]
    public void A_newer_answer_takes_the_place_of_an_older_one()
    {
        var cache = new ReviewCache<string>(_time, Life);
        cache.Keep("key", "old");
        _time.Advance(Life);
        cache.Keep("key", "new");

        Assert.True(cache.Find("key", out var answer));
        Assert.Equal("new", answer);
    }

    [Fact]
    public void The_oldest_answer_makes_room()
    {
        var cache = new ReviewCache<int>(_time, Life);
        foreach (var number in Enumerable.Range(0, ReviewCache<int>.Most + 1))
            cache.Keep($"{number}", number);

        Assert.False(cache.Find("0", out _));
        Assert.True(cache.Find("1", out _));
        Assert.True(cache.Find($"{ReviewCache<int>.Most}", out _));
    }
}
