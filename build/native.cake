/// <summary>The compilers that NativeAOT links with, and what runs the other architecture's programs.</summary>
public sealed class NativeToolchain(ICakeContext context, FilePath script)
{
    private string root;

    /// <summary>A folder of arm64 libraries, which QEMU takes for the root of what it runs.</summary>
    public string Root => root ??= Run("root").Last();

    /// <summary>Installs what is missing, which takes root on Debian; amd64 takes any C compiler on PATH.</summary>
    public void Require(Architecture architecture) => Run(architecture.Name);

    private IEnumerable<string> Run(string verb)
    {
        var settings = new ProcessSettings { Arguments = verb, RedirectStandardOutput = true };
        var exitCode = context.StartProcess(script, settings, out var output);
        return exitCode == 0
            ? output
            : throw new CakeException($"{script.GetFilename()} {verb} ended with exit code {exitCode}: see above.");
    }
}
