namespace Tracebloc.Processes.Tests;

public sealed class ProgramPathTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("path-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_first_folder_that_has_the_program_wins()
    {
        var (first, second) = (Program("a/tool"), Program("b/tool"));

        Assert.Equal(first, Find("tool", $"/nowhere::{At("a")}:{At("b")}"));
        Assert.Equal(second, Find("tool", $"{At("b")}:{At("a")}"));
        Assert.Null(Find("other", At("a")));
        Assert.Null(Find("tool", null));
    }

    [Fact]
    public void A_full_path_needs_no_folder()
    {
        Assert.Equal(Program("tool"), Find(At("tool"), null));
        Assert.Null(Find(At("other"), _folder));
    }

    [Fact]
    public void The_current_folder_is_never_searched()
    {
        var name = $"{Guid.NewGuid():N}";
        File.WriteAllText(name, "");
        try
        {
            Assert.Null(Find(name, ""));
            Assert.Null(Find(name, ":.:"));
            Assert.Null(Find($"./{name}", Environment.CurrentDirectory));
        }
        finally
        {
            File.Delete(name);
        }
    }

    private static string? Find(string name, string? path) => ProgramPath.Find(name, path);

    private string At(string name) => Path.Combine(_folder, name);

    private string Program(string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(name))!);
        File.WriteAllText(At(name), "");
        return At(name);
    }
}
