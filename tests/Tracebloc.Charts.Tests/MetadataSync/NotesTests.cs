namespace Tracebloc.Charts.Tests.MetadataSync;

/// <summary>The notes that helm prints after an installation.</summary>
public sealed class NotesTests
{
    [Theory]
    [InlineData("", "mirrors nothing: metadataStorage.enableMetadataStorage is not true")]
    [InlineData("metadataStorage: {enableMetadataStorage: true}", "mirrors nothing: mysql is empty")]
    [InlineData(SyncChart.Enabled, "mirrors custom resources into database michelangelo on mysql")]
    public async Task They_begin_with_the_state_of_the_mirror(string values, string text) =>
        Assert.Contains(text, await NotesAsync(values));

    [Fact]
    public async Task They_have_the_command_that_proves_it_works() => Assert.Contains(
        "kubectl exec --namespace tracebloc deployment/acme -- /program status", await NotesAsync(SyncChart.Enabled));

    [Theory]
    [InlineData("", "image.digest is empty")]
    [InlineData("replicas: 1\n", "replicas is 1")]
    [InlineData("migration: {timeout: 2h}\n", "--timeout 7260s")]
    [InlineData("migration: {enabled: false}\n", "migration.enabled is false")]
    [InlineData("", "caBundle is empty")]
    public async Task A_risk_is_a_warning(string values, string warning) =>
        Assert.Contains(warning, await NotesAsync(SyncChart.Enabled + values));

    [Fact]
    public async Task Without_a_risk_there_is_no_warning()
    {
        var digest = new string('1', 64);

        var notes = await NotesAsync($"{SyncChart.Enabled}caBundle: ca\nimage: {{digest: 'sha256:{digest}'}}\n");

        Assert.DoesNotContain("Warnings", notes);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("api: {enabled: true, tlsSecret: tls}\n", true)]
    public async Task They_show_a_query_where_the_api_is_served(string values, bool isShown) => Assert.Equal(
        isShown,
        (await NotesAsync(SyncChart.Enabled + values)).Contains("--tls-server-name=acme.tracebloc.svc"));

    private static Task<string> NotesAsync(string values) =>
        SyncChart.Chart.NotesAsync(SyncChart.Release(values));
}
