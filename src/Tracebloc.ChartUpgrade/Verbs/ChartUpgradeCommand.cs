using Tracebloc.ChartUpgrade.Charts;
using Tracebloc.ChartUpgrade.Helm;
using Tracebloc.ChartUpgrade.Options;
using Tracebloc.ChartUpgrade.Releases;
using Tracebloc.ChartUpgrade.Reporting;
using Tracebloc.CommandLine;
using Tracebloc.Configuration;
using Tracebloc.Hosting;
using Tracebloc.Net;
using Tracebloc.Net.Files;

namespace Tracebloc.ChartUpgrade.Verbs;

/// <summary><c>chart-upgrade</c>: one look at a release, and the upgrade that is due.</summary>
internal static class ChartUpgradeCommand
{
    public static async Task<int> ExecuteAsync(
        ChartUpgradeOptions options, ProgramContext context, CancellationToken token)
    {
        var (startedAt, start) = (context.Time.GetUtcNow(), context.Time.GetTimestamp());
        using var workspace = new HelmWorkspace();
        var upgrader = await OpenAsync(options, workspace, context, token);
        var plan = await upgrader.RunAsync(options.DryRun, token);
        var report = new UpgradeReport(options, plan, startedAt, context.Time.GetElapsedTime(start));
        context.Out.Write(options.Output == OutputFormat.Json ? UpgradeReportJson.Write(report) : report.Text());
        return report.ExitCode;
    }

    private static async Task<ChartUpgrader> OpenAsync(
        ChartUpgradeOptions options, HelmWorkspace workspace, ProgramContext context, CancellationToken token)
    {
        var (source, deadlines) = (options.Source, new UpgradeDeadlines(options.Timeout, options.FetchTimeout));
        var password =
            source.PasswordFile is { } file ? Line.WithoutBreak(Read("--repo-password-file", file)) : null;
        if (source.CaFile is { } authorities) Read("--repo-ca-file", authorities);
        if (source.Keyring is { } keyring) Read("--keyring", keyring);
        RepositoryFile.Write(workspace.Repositories, source, password);
        var helm = new HelmProcess(
            HelmBinary.Find(context.Variable), workspace.Environment, context.Time, context.Logger);
        var version = await HelmVersion.AskAsync(helm, deadlines.Read, token);
        return new ChartUpgrader(
            new HelmRelease(helm, version, options, deadlines),
            new ChartRepository(helm, version, source, workspace, deadlines, Redaction.Hiding(password ?? "")),
            new UpgradePolicy(source.Chart, deadlines.Abandoned, options.MaxAttempts),
            context.Time,
            context.Logger);
    }

    // Helm would say of a missing authority file that the repository cannot be fetched.
    private static string Read(string option, string file)
    {
        try
        {
            return File.ReadAllText(UserPath.Resolve(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{option} {file} {FileFault.Describe(file, e)}.", e);
        }
    }
}
