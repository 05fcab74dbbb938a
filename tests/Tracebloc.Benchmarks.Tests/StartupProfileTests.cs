using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Tracebloc.Benchmarks.StartupProfile;

namespace Tracebloc.Benchmarks.Tests;

public sealed class StartupProfileTests
{
    private static readonly string Framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    private static readonly byte[] InRepository =
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "startup.mibc"));

    [Fact]
    public void What_was_called_is_in_the_profile_each_construction_once()
    {
        var (profile, found, listed) = Recording.Profile(
            [
                Line("System.Collections.Generic.List`1[System.__Canon]:Add(System.__Canon)"),
                Line("System.Collections.Generic.List`1[System.DateTime[]]:Add(System.DateTime[])"),
                Line("System.Collections.Generic.List`1[System.__Canon]:Add(System.__Canon)"),
                Line("System.Linq.Enumerable:Count[int](System.Collections.Generic.IEnumerable`1[int])"),
                Line("System.Linq.Enumerable:NoSuchMethod()"),
                Line("No.Such.Type:Method()"),
                Line("System.Collections.Generic.List`1[No.Such.Type]:Add(No.Such.Type)"),
                "torn",
            ],
            Framework);

        Assert.Equal((4, 8), (found, listed));
        using var file = new PEReader(new MemoryStream(profile));
        var metadata = file.GetMetadataReader();
        Assert.Equal(["Add", "Add", "Count"], Members(metadata));
        Assert.Equal(2, metadata.GetTableRowCount(TableIndex.TypeSpec));
        Assert.Equal(1, metadata.GetTableRowCount(TableIndex.MethodSpec));
    }

    [Fact]
    public void The_compiler_finds_what_it_reads_a_profile_by()
    {
        var (profile, _, _) = Recording.Profile([Line("System.Uri:get_Host()")], Framework);

        using var file = new PEReader(new MemoryStream(profile));
        var metadata = file.GetMetadataReader();
        Assert.Equal(
            ["AssemblyDictionary", "Methods"],
            metadata.MethodDefinitions.Select(method => metadata.GetString(metadata.GetMethodDefinition(method).Name)));
        Assert.Equal(["System.Private.Uri", "ExclusiveWeight"], [.. Strings(metadata).Order().Reverse()]);
    }

    [Fact]
    public void The_same_list_makes_the_same_profile()
    {
        string[] list = [Line("System.Uri:get_Host()"), Line("System.Version:.ctor(int,int)")];

        Assert.Equal(Recording.Profile(list, Framework).Profile, Recording.Profile(list, Framework).Profile);
    }

    [Fact]
    public void Nearly_all_types_that_the_profile_in_the_repository_names_are_there()
    {
        using var program = AssemblyIndex.Read(AppContext.BaseDirectory);

        Assert.InRange(Known(InRepository, program), 0.9, 1);
    }

    [Fact]
    public void A_profile_of_another_program_is_told_from_it()
    {
        using var another = AssemblyIndex.Read(Framework);

        Assert.Equal(0, Known(InRepository, another));
    }

    private static string Line(string method) => $"   1: JIT compiled {method} [Tier0, IL size=1, code size=1]";

    private static IEnumerable<string> Members(MetadataReader metadata) => metadata.MemberReferences
        .Select(member => metadata.GetString(metadata.GetMemberReference(member).Name)).Order();

    private static IEnumerable<string> Strings(MetadataReader metadata)
    {
        for (var at = metadata.GetNextHandle(default(UserStringHandle)); !at.IsNil; at = metadata.GetNextHandle(at))
            if (metadata.GetUserString(at) is { Length: > 0 } text)
                yield return text;
    }

    /// <returns>How many of this product's types that the profile names are there, of 1.</returns>
    private static double Known(byte[] profile, AssemblyIndex program)
    {
        using var file = new PEReader(new MemoryStream(profile));
        var metadata = file.GetMetadataReader();
        var named = metadata.TypeReferences
            .Select(type => metadata.NameOf(type))
            .Where(name => name.StartsWith("Tracebloc.", StringComparison.Ordinal))
            .ToList();
        Assert.NotEmpty(named);
        return named.Count(name => program.Find(name).Any()) / (double)named.Count;
    }
}
