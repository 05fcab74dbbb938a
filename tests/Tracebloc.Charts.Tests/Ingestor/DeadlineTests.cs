using System.Text.RegularExpressions;
using Tracebloc.Charts.Tests.Harness;
using Tracebloc.Configuration;

namespace Tracebloc.Charts.Tests.Ingestor;

/// <summary>No deadline is shorter than the waits inside it.</summary>
public sealed partial class DeadlineTests
{
    /// <summary>The way to a node, and an image that is not there yet.</summary>
    private static readonly TimeSpan PullOfTheImage = TimeSpan.FromMinutes(1);

    /// <summary>helm looks at the Job now and then, and begins to count before the Job's controller does.</summary>
    private static readonly TimeSpan Lag = TimeSpan.FromSeconds(15);

    /// <summary>Of helm, for each hook: https://helm.sh/docs/helm/helm_install/.</summary>
    private static readonly TimeSpan DefaultOfHelm = TimeSpan.FromMinutes(5);

    public static TheoryData<string> Values =>
    [
        "", "key: a", "timeout: 30s", "timeout: 20m", "timeout: 1h", "wait: {enabled: true}",
        "wait: {enabled: true, timeout: 90s}", "{timeout: 3h, wait: {enabled: true, timeout: 2h}}",
    ];

    [Theory]
    [MemberData(nameof(Values))]
    public async Task The_job_outlives_the_program_and_the_pull_of_its_image(string values)
    {
        var hook = await IngestorChart.HookAsync($"submit: {(values.StartsWith('{') ? values : $"{{{values}}}")}");

        // The API server and jobs-manager may both be away, and jobs-manager once more at the end of a wait.
        var (timeout, wait) = (Option(hook, "--timeout"), Option(hook, "--wait-timeout"));
        var away = timeout * ((wait > TimeSpan.Zero ? 2 : 1) + (values == "key: a" ? 0 : 1));
        Assert.True(Deadline(hook) > PullOfTheImage + away + wait);
    }

    /// <summary>Else helm would report its own timeout, and not the hook's reason.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("submit: {key: a, timeout: 3m}")]
    public async Task The_job_ends_before_helm_gives_up(string values) =>
        Assert.True(Deadline(await IngestorChart.HookAsync(values)) + Lag < DefaultOfHelm);

    [Fact]
    public async Task Helm_waits_longer_than_the_job_wherever_the_readme_raises_a_limit()
    {
        var commands = Raised().Matches(IngestorChart.Chart.Read("README.md"));

        Assert.Equal(2, commands.Count);
        foreach (Match command in commands)
        {
            var values = Regex.Matches(command.Value, @"--set (\S+)=(\S+)")
                .Select(set => set.Groups[2].Value is "true" or "false" ? $"{set.Groups[1]}={set.Groups[2]}"
                    : $"{set.Groups[1]}=\"{set.Groups[2]}\"");
            var release = IngestorChart.Release() with { Set = string.Join(',', values) };
            var hook = IngestorChart.HookIn(await IngestorChart.Chart.RenderAsync(release));

            Assert.True(Duration.TryParse(command.Groups[1].Value, out var ofHelm, out var error), error);
            Assert.True(Deadline(hook) + Lag < ofHelm, command.Value);
        }
    }

    private static TimeSpan Deadline(Workload hook) =>
        TimeSpan.FromSeconds(int.Parse(hook.Spec["activeDeadlineSeconds"].Text));

    /// <summary>As the program reads it; nothing where it is not given.</summary>
    private static TimeSpan Option(Workload hook, string name)
    {
        var given = hook.Container("submit").Arguments
            .SingleOrDefault(argument => argument.StartsWith(name + "=", StringComparison.Ordinal));
        if (given is null) return TimeSpan.Zero;
        Assert.True(Duration.TryParse(given.Split('=')[1], out var duration, out var error), error);
        return duration;
    }

    /// <summary>A command of the README that sets a limit, with helm's own.</summary>
    [GeneratedRegex(@"helm install [^\n]*\\\n *--set submit[^\n]* --timeout (\S+)")]
    private static partial Regex Raised();
}
