using System.Text;
using Tracebloc.MetadataSync.Checking;

namespace Tracebloc.MetadataSync.Tests.Checking;

public sealed class UnsyncedChangeTests
{
    private const string Changed =
        """
        {"metadata":{"creationTimestamp":"2026-01-01T00:00:00Z","managedFields":[
          {"manager":"a","time":"2026-01-02T00:00:00Z"},{"manager":"b","time":"2026-01-03T00:00:00Z"},{"manager":"c"}]}}
        """;

    [Theory]
    [InlineData(Changed, Difference.WithoutRow, "2026-01-01T00:00:00Z creationTimestamp")]
    [InlineData(Changed, Difference.Older, "2026-01-03T00:00:00Z managedFields")]
    [InlineData(
        """{"metadata":{"creationTimestamp":"2026-01-01T00:00:00Z"}}""", Difference.Older,
        "2026-01-01T00:00:00Z creationTimestamp")]
    [InlineData(Changed, Difference.Newer, null)]
    [InlineData("""{"metadata":{"creationTimestamp":7}}""", Difference.WithoutRow, null)]
    [InlineData("""{"metadata":[]}""", Difference.WithoutRow, null)]
    public void An_object_states_the_time_of_its_change(string json, object difference, string? change)
    {
        var found = UnsyncedChange.Of(Encoding.UTF8.GetBytes(json), (Difference)difference);

        Assert.Equal(change, found is null ? null : $"{found.Text} {found.Source}");
    }
}
