using System.Collections;
using Tracebloc.Hosting;
using Tracebloc.ImageRefresh.Configuration;
using static Tracebloc.ImageRefresh.Tests.TickFixture;

namespace Tracebloc.ImageRefresh.Tests.Applying;

/// <summary>A bug of this program is never blamed on the user's configuration.</summary>
public sealed class TickBugTests
{
    [Fact]
    public async Task A_stray_format_exception_of_a_gate_is_unexpected_and_no_usage_error()
    {
        await using var fixture = await StartAsync();
        var image = fixture.SetEnv();
        await fixture.SeenAsync(image);
        fixture.Push(image.Name, "2");
        fixture.Track(image with { Gates = GateOptions.None with { Windows = new BrokenWindows() } });

        var bug = await Assert.ThrowsAsync<FormatException>(() => fixture.TickAsync());

        Assert.Equal(ExitCodes.Unexpected, Fault.ExitCodeOf(bug));
        fixture.AssertRollouts(0);
    }

    /// <summary>Windows whose enumeration fails as a wrong parse in a gate would.</summary>
    private sealed class BrokenWindows : IReadOnlyList<RefreshWindow>
    {
        public int Count => 1;

        public RefreshWindow this[int index] => throw new FormatException("a bug");

        public IEnumerator<RefreshWindow> GetEnumerator() => throw new FormatException("a bug");

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
