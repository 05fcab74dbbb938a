using System.CommandLine;
using Tracebloc.ImageRefresh.Pin;

namespace Tracebloc.ImageRefresh;

internal static partial class CommandLine
{
    private static Command Pin(ICommands commands)
    {
        var (config, output, dryRun) = (Config(required: false), Output(), DryRun());
        var (file, path, check, unpin) = (Values(), ImagePath(), Check(), Unpin());
        const string About = "Writes the digests of a chart's images into its values, and changes nothing else.";
        var pin = new Command("pin", About)
        {
            file, path, check, unpin, dryRun, config, output,
        };
        pin.Validators.Add(result =>
        {
            if (result.GetValue(check) && result.GetValue(unpin))
                result.AddError("--check and --unpin exclude each other; give one.");
        });
        pin.SetAction((result, token) => commands.PinAsync(
            new PinOptions
            {
                File = result.GetRequiredValue(file),
                Paths = result.GetValue(path) ?? [],
                Mode = result.GetValue(check) ? PinMode.Check
                    : result.GetValue(unpin) ? PinMode.Unpin
                    : PinMode.Pin,
                DryRun = result.GetValue(dryRun),
                Config = result.GetValue(config),
                Output = result.GetValue(output) ?? default,
            },
            token));
        return pin;
    }

    private static Argument<string> Values()
    {
        var file = new Argument<string>("FILE") { Description = "A chart's values. Example: values.yaml" };
        RefuseOptions(file);
        return file;
    }

    private static Option<string[]> ImagePath() => new("--path")
    {
        HelpName = "PATH",
        Description = "Where an image is: a block of repository, tag and digest, or text as in repo:tag. May be given "
            + "several times. Default: everything under images. Example: --path images.web",
    };

    private static Option<bool> Check() => new("--check")
    {
        Description = "Change nothing, and fail with 2 when a digest is not what its tag stands for now. Default: off. "
            + "Example: --check",
    };

    private static Option<bool> Unpin() => new("--unpin")
    {
        Description = "Take the digests out, so that the tags count again; no registry is asked. Default: off. "
            + "Example: --unpin",
    };
}
