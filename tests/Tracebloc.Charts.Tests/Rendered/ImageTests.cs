using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.Rendered;

public sealed class ImageTests
{
    public static TheoryData<string> Examples => [.. Chart.Client.Examples];

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task Every_image_says_its_registry_and_its_tag_or_digest(string example) => Assert.All(
        (await Chart.Client.RenderExampleAsync(example)).Containers.Select(container => container.Image),
        image => Assert.Matches(
            @"^[\w.-]+\.[\w.-]+(:\d+)?/[\w./-]+(:(?!latest$)[\w.-]+|@sha256:[0-9a-f]{64})$", image));

    /// <summary>
    /// Floating tags are pulled when a pod starts: a restart is for that. Pinned images start offline.
    /// </summary>
    [Theory]
    [MemberData(nameof(Examples))]
    public async Task Only_an_image_whose_tag_floats_is_pulled_at_each_start(string example) => Assert.All(
        (await Chart.Client.RenderExampleAsync(example)).Containers,
        container => Assert.Equal(
            IsFloating(container.Image) ? "Always" : "IfNotPresent", container["imagePullPolicy"].Text));

    private static bool IsFloating(string image) => image.Contains("/jobs-manager:", StringComparison.Ordinal)
        || image.Contains("/pods-monitor:", StringComparison.Ordinal);
}
