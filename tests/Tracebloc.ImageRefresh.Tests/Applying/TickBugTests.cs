using System.Collections;
using Tracebloc.Configuration;
using Tracebloc.Hosting;
using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Verbs;
using Tracebloc.Registry;
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

    public static TheoryData<string> Bugs =>
        [nameof(FormatException), nameof(InvalidOperationException), nameof(ArgumentException)];

    [Theory]
    [MemberData(nameof(Bugs))]
    public void A_bug_in_what_reads_a_key_a_trust_root_or_a_docker_config_is_unexpected(string kind)
    {
        var bug = Bug(kind);
        using var folder = new ConfigurationFile();
        var file = folder.With("trusted_root.json", "{}");

        var thrown = Assert.Throws(
            bug.GetType(), () => ReferencedFile.Read<object>(file, (byte[] _, out string? _) => throw bug));

        Assert.Equal(ExitCodes.Unexpected, Fault.ExitCodeOf(thrown));
    }

    [Theory]
    [MemberData(nameof(Bugs))]
    public async Task A_bug_in_what_reads_the_proxies_is_unexpected(string kind)
    {
        var bug = Bug(kind);
        await using var fixture = await StartAsync();
        var context = fixture.Context() with { Variable = _ => throw bug };

        var thrown = Assert.Throws(bug.GetType(), () => RegistryConnection.Open(new(), context));

        Assert.Equal(ExitCodes.Unexpected, Fault.ExitCodeOf(thrown));
    }

    [Theory]
    [InlineData("{", "not valid JSON")]
    [InlineData(null, "does not exist")]
    public void A_docker_config_that_the_user_got_wrong_is_a_usage_error(string? content, string reason)
    {
        using var folder = new ConfigurationFile();
        var file = content is null ? "/none.json" : folder.With("config.json", content);

        var thrown = Assert.Throws<ConfigurationException>(() => ReferencedFile.Read(
            file, (byte[] json, out string? fault) => CredentialStore.Read(json, out fault)));

        Assert.Equal(ExitCodes.Usage, Fault.ExitCodeOf(thrown));
        Assert.Contains(reason, thrown.Message, StringComparison.Ordinal);
    }

    private static Exception Bug(string kind) => kind switch
    {
        nameof(FormatException) => new FormatException("a bug"),
        nameof(ArgumentException) => new ArgumentException("a bug"),
        _ => new InvalidOperationException("a bug"),
    };

    /// <summary>Windows whose enumeration fails as a wrong parse in a gate would.</summary>
    private sealed class BrokenWindows : IReadOnlyList<RefreshWindow>
    {
        public int Count => 1;

        public RefreshWindow this[int index] => throw new FormatException("a bug");

        public IEnumerator<RefreshWindow> GetEnumerator() => throw new FormatException("a bug");

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
