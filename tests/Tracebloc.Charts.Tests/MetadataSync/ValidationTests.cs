namespace Tracebloc.Charts.Tests.MetadataSync;

/// <summary>Values that cannot work are rejected before anything is installed.</summary>
public sealed class ValidationTests
{
    [Theory]
    [InlineData("metadataStorage: {enabled: true}", "additional properties 'enabled' not allowed")]
    [InlineData("mysql: {hosts: a}", "additional properties 'hosts' not allowed")]
    [InlineData("mysql: {port: '3306'}", "at '/mysql/port'")]
    [InlineData("mysql: {port: 70000}", "at '/mysql/port'")]
    [InlineData("ingester: {requeuePeriod: 30}", "at '/ingester/requeuePeriod'")]
    [InlineData("ingester: {concurrentReconcilesMap: {Model: 0}}", "at '/ingester/concurrentReconcilesMap/Model'")]
    [InlineData("retention: {deleted: 30m}", "at '/retention/deleted'")]
    [InlineData("kinds: [{kind: Experiment, columns: [{name: a}]}]", "missing property 'path'")]
    [InlineData("kinds: [{kind: Run, columns: [{name: a, path: b, type: date}]}]", "at '/kinds/0/columns/0/type'")]
    [InlineData("kinds: [{kind: Region, plural: regions, scope: cluster}]", "at '/kinds/0/scope'")]
    [InlineData("migration: {timeout: 1d}", "at '/migration/timeout'")]
    [InlineData("image: {digest: 'sha256:1'}", "at '/image/digest'")]
    [InlineData("replicas: 0", "at '/replicas'")]
    public async Task The_schema_rejects(string values, string error) =>
        Assert.Contains(error, await RefusalAsync(values));

    [Theory]
    [InlineData(
        "{metadataStorage: {enableMetadataStorage: true}, mysql: {host: mysql}}",
        "mysql.user is empty", "mysql.database is empty", "there is no password for MySQL")]
    [InlineData(
        "{mysql: {password: a}, credentials: {existingSecret: b}}",
        "mysql.password and credentials.existingSecret exclude each other")]
    [InlineData("api: {enabled: true}", "api.tlsSecret is empty", "api.enabled needs the database")]
    [InlineData("image: {tag: latest}", "image.tag is latest")]
    public async Task Every_problem_is_reported_at_once(string values, params string[] problems)
    {
        var refusal = await RefusalAsync(values);

        Assert.All(problems, problem => Assert.Contains(problem, refusal));
        Assert.Equal(problems.Length, refusal.Split("\n  - ").Length - 1);
    }

    private static Task<string> RefusalAsync(string values) =>
        SyncChart.Chart.RefusalAsync(SyncChart.Release(values));
}
