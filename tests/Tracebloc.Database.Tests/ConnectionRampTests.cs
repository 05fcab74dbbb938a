using FsCheck;
using FsCheck.Fluent;

namespace Tracebloc.Database.Tests;

public sealed class ConnectionRampTests
{
    [Theory]
    [InlineData("100 200 300 400", 4)]
    [InlineData("100 100", 1)]
    [InlineData("100 109", 1)]
    [InlineData("100 111 111", 2)]
    [InlineData("100 150 120", 2)]
    [InlineData("100 50 900", 1)]
    public void Connections_are_added_while_each_brings_a_tenth(string rowsPerSecond, int expected)
    {
        var (ramp, at) = (new ConnectionRamp(4), TimeSpan.Zero);
        foreach (var rate in rowsPerSecond.Split(' ').Select(int.Parse))
            (ramp, at) = Run(ramp, at, rate);

        Assert.Equal(expected, ramp.Connections);
    }

    [Fact]
    public void The_number_changes_only_after_four_chunks_of_each_connection()
    {
        var ramp = new ConnectionRamp(4);
        var counts = new List<int>();
        foreach (var chunk in Enumerable.Range(1, 12))
            counts.Add((ramp = ramp.After(1000 * chunk, TimeSpan.FromSeconds(chunk))).Connections);

        Assert.Equal([1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 3], counts);
    }

    [Fact]
    public void The_number_stays_between_one_and_the_most() => Check.QuickThrowOnFailure(Prop.ForAll(
        ArbMap.Default.ArbFor<PositiveInt[]>(), ArbMap.Default.ArbFor<PositiveInt>(), (rows, most) =>
        {
            var ramp = new ConnectionRamp(1 + (most.Get % 6));
            return rows.Index().All(one =>
            {
                ramp = ramp.After(one.Item.Get, TimeSpan.FromSeconds(one.Index + 1));
                return ramp.Connections >= 1 && ramp.Connections <= 1 + (most.Get % 6);
            });
        }));

    private static (ConnectionRamp Ramp, TimeSpan At) Run(ConnectionRamp ramp, TimeSpan at, int rate)
    {
        var chunks = ConnectionRamp.ChunksPerConnection * ramp.Connections;
        foreach (var chunk in Enumerable.Range(1, chunks))
            ramp = ramp.After(rate, at + TimeSpan.FromSeconds(chunk));
        return (ramp, at + TimeSpan.FromSeconds(chunks));
    }
}
