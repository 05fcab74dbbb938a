using System.Diagnostics;
using System.Runtime.Versioning;
using Tracebloc.Net.Files;

namespace Tracebloc.Net.Tests;

[UnsupportedOSPlatform("windows")]
public sealed class FileReplacementTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("replaced-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Mode_and_owner_stay_and_nothing_is_left_beside_the_file()
    {
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite;
        var file = File("values.yaml", "old");
        System.IO.File.SetUnixFileMode(file, Mode);
        // Only root can give a file away; any other user keeps his own.
        if (Environment.UserName == "root") Run("chown", "12345:23456", file);
        var owner = FileSystem.OwnerOf(file);

        FileReplacement.Write(file, "new"u8);

        Assert.Equal(
            ("new", Mode, owner), (Text(file), System.IO.File.GetUnixFileMode(file), FileSystem.OwnerOf(file)));
        Assert.Equal([file], Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_file_with_two_names_changes_under_both()
    {
        var (file, other) = (File("values.yaml", "a longer old text"), At("other.yaml"));
        Run("ln", file, other);

        FileReplacement.Write(file, "new"u8);

        Assert.Equal(("new", "new"), (Text(file), Text(other)));
    }

    [Fact]
    public void A_file_in_a_folder_that_is_not_writable_is_written()
    {
        var file = File("values.yaml", "old");
        System.IO.File.SetUnixFileMode(_folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        FileReplacement.Write(file, "new"u8);

        System.IO.File.SetUnixFileMode(
            _folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.Equal("new", Text(file));
    }

    [Fact]
    public void A_link_by_its_bare_name_is_followed_from_the_current_folder()
    {
        var (file, link) = (File("values.yaml", "old"), $"{Guid.NewGuid():N}.yaml");
        System.IO.File.CreateSymbolicLink(link, Path.GetRelativePath(Environment.CurrentDirectory, file));
        try
        {
            FileReplacement.Write(link, "new"u8);

            Assert.Equal("new", Text(file));
            Assert.NotNull(new FileInfo(link).LinkTarget);
        }
        finally
        {
            System.IO.File.Delete(link);
        }
    }

    [Fact]
    public void A_link_is_followed_as_the_kernel_follows_it()
    {
        // From the folder that the linked one leads to, ../values.yaml is real/values.yaml.
        var (file, precious) = (File("real/values.yaml", "old"), File("values.yaml", "precious"));
        Directory.CreateDirectory(At("real/deep"));
        System.IO.File.CreateSymbolicLink(At("real/deep/link.yaml"), "../values.yaml");
        System.IO.File.CreateSymbolicLink(At("short"), "real/deep");

        FileReplacement.Write(At("short/link.yaml"), "new"u8);

        Assert.Equal(("new", "precious"), (Text(file), Text(precious)));
    }

    [Fact]
    public void A_missing_file_stays_missing()
    {
        Assert.Throws<FileNotFoundException>(() => FileReplacement.Write(At("values.yaml"), "new"u8));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_file_of_one_s_own_is_created_and_then_replaced()
    {
        FileReplacement.Create(At("own.txt"), "old"u8);
        using var reader = new StreamReader(At("own.txt"));

        FileReplacement.Create(At("own.txt"), "new"u8);

        Assert.Equal(("new", "old"), (Text(At("own.txt")), reader.ReadToEnd()));
        Assert.Equal([At("own.txt")], Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData("link.txt", "real.txt")]
    [InlineData("link.txt", "missing.txt")]
    [InlineData("link.txt", "link.txt")]
    [InlineData("short/link.txt", "../../real.txt")]
    [InlineData("short/../link.txt", "../real.txt")]
    public void A_link_is_replaced_and_what_it_leads_to_stays(string link, string target)
    {
        var file = File("real.txt", "precious");
        Directory.CreateDirectory(At("real/deep"));
        Directory.CreateSymbolicLink(At("short"), "real/deep");
        // The shell knows where: without .NET, which removes .. first.
        Run("ln", "-s", target, At(link));

        FileReplacement.Create(At(link), "new"u8);

        Run("sh", "-ec", $"cd {_folder}; test ! -L {link}; test \"$(cat {link})\" = new; test -L short");
        Run("sh", "-ec", $"cd {_folder}; test $(find . -type f | wc -l) = 2");
        Assert.Equal("precious", Text(file));
    }

    [Fact]
    public void A_link_to_no_file_is_not_written()
    {
        System.IO.File.CreateSymbolicLink(At("link.txt"), "missing.txt");

        var error = Assert.Throws<FileNotFoundException>(() => FileReplacement.Write(At("link.txt"), "new"u8));

        Assert.Contains("is a link that leads to no file", error.Message, StringComparison.Ordinal);
        Assert.Equal([At("link.txt")], Directory.GetFiles(_folder));
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private static string Text(string file) => System.IO.File.ReadAllText(file);

    private string At(string name) => Path.Combine(_folder, name);

    private string File(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(name))!);
        System.IO.File.WriteAllText(At(name), text);
        return At(name);
    }
}
