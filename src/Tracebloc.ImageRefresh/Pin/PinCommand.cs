using Tracebloc.CommandLine;
using Tracebloc.Configuration;
using Tracebloc.Hosting;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Pin;

/// <summary><c>image-refresh pin</c>: writes the digests of a chart's images into its values.</summary>
internal static class PinCommand
{
    public static async Task<int> ExecuteAsync(
        PinOptions options, Func<RegistryClient> open, ResultWriter output, CancellationToken token)
    {
        var (file, targets) = Read(options);
        var report = new PinReport(
            options,
            options.Mode == PinMode.Unpin
                ? [.. targets.Select(PinnedImage.Without)]
                : await ResolveAsync(targets, options.Mode, open, token));
        if (report.IsWritten) file.Write(Filled(file.Text, report.Images));
        var isJson = options.Output == OutputFormat.Json;
        output.Write(isJson ? PinReportJson.Write(report) : PinReportText.Write(report));
        return report.ExitCode;
    }

    public static string Filled(string text, IEnumerable<PinnedImage> images) => ScalarPlace.Fill(
        text,
        from image in images where image.Value is not null select (image.Target.Place, image.Value));

    private static (ValuesFile File, IReadOnlyList<PinTarget> Targets) Read(PinOptions options)
    {
        var errors = new ConfigurationErrors(options.File);
        var file = ValuesFile.Read(options.File, errors);
        var targets = file is null ? [] : new PinTargetReader(file, errors).Read(options.Paths);
        errors.ThrowIfAny();
        return (file ?? throw new ConfigurationException([]), targets);
    }

    private static async Task<IReadOnlyList<PinnedImage>> ResolveAsync(
        IReadOnlyList<PinTarget> targets, PinMode mode, Func<RegistryClient> open, CancellationToken token)
    {
        using var registry = open();
        var answers = await registry.ResolveAsync([.. targets.Select(target => target.Image)], token);
        return [.. targets.Zip(answers, (target, answer) => PinnedImage.Of(target, answer, mode))];
    }
}
