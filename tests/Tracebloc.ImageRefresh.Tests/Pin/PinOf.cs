using Tracebloc.Configuration;
using Tracebloc.ImageRefresh.Pin;

namespace Tracebloc.ImageRefresh.Tests.Pin;

/// <summary>Pins a text while the registry serves <see cref="Some.A"/> for everything.</summary>
internal static class PinOf
{
    public static string Pinned(string text, params string[] paths) => Filled(
        text, paths, target => PinnedImage.Of(target, Some.Ok(Some.A), PinMode.Pin));

    public static string Unpinned(string text, params string[] paths) => Filled(text, paths, PinnedImage.Without);

    /// <summary>The images that a registry is asked for, in the order of the file.</summary>
    public static IEnumerable<string> Images(string text, params string[] paths) =>
        Read(text, paths).Targets.Select(target => target.Image.ToString());

    public static IEnumerable<string> ErrorsOf(string text, params string[] paths)
    {
        var errors = new ConfigurationErrors("values.yaml");
        if (ValuesFile.Parse("values.yaml", text, errors) is { } file) new PinTargetReader(file, errors).Read(paths);
        return errors.InOrder().Select(error => error.ToString());
    }

    private static string Filled(string text, string[] paths, Func<PinTarget, PinnedImage> pin)
    {
        var (file, targets) = Read(text, paths);
        return PinCommand.Filled(file.Text, targets.Select(pin));
    }

    private static (ValuesFile File, IReadOnlyList<PinTarget> Targets) Read(string text, string[] paths)
    {
        var errors = new ConfigurationErrors("values.yaml");
        var file = ValuesFile.Parse("values.yaml", text, errors);
        Assert.NotNull(file);
        var targets = new PinTargetReader(file, errors).Read(paths);
        Assert.Equal([], errors.InOrder());
        return (file, targets);
    }
}
