using Tracebloc.Charts.Tests.Harness;
using Tracebloc.Configuration;

namespace Tracebloc.Charts.Tests.Ingestor;

/// <summary>No deadline is shorter than the waits inside it.</summary>
public sealed class DeadlineTests
{
    /// <summary>A slow registry, and a node that the cluster adds.</summary>
    private static readonly TimeSpan PullOfTheImage = TimeSpan.FromMinutes(10);

    /// <summary>Of helm, for each hook: https://helm.sh/docs/helm/helm_install/.</summary>
    private static readonly TimeSpan DefaultOfHelm = TimeSpan.FromMinutes(5);

    public static TheoryData<string> Values =>
    [
        "", "timeout: 30s", "timeout: 20m", "timeout: 1h", "wait: {enabled: true}",
        "wait: {enabled: true, timeout: 90s}", "{timeout: 3h, wait: {enabled: true, timeout: 2h}}",
    ];

    [Theory]
    [MemberData(nameof(Values))]
    public async Task The_job_outlives_the_program_and_the_pull_of_its_image(string values)
    {
        var hook = await IngestorChart.HookAsync($"submit: {(values.StartsWith('{') ? values : $"{{{values}}}")}");

        // The API server and jobs-manager may both be away, and jobs-manager once more at the end of a wait.
        var (timeout, wait) = (Option(hook, "--timeout"), Option(hook, "--wait-timeout"));
        var away = timeout * (wait > TimeSpan.Zero ? 3 : 2);
        Assert.True(Deadline(hook) > PullOfTheImage + away + wait);
    }

    [Fact]
    public async Task The_program_ends_before_helm_gives_up() =>
        Assert.True(Option(await IngestorChart.HookAsync(), "--timeout") * 2 < DefaultOfHelm);

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
}
