using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>Finds what the build made of a project. Projects are never built or run by way of the SDK here.</summary>
internal static class ProjectAssembly
{
    /// <exception cref="DistributedApplicationException">The project has not been built.</exception>
    public static ProcessCommand Command(ProjectResource project)
    {
        var metadata = project.Annotations.OfType<ProjectMetadataAnnotation>().Single().Metadata;
        string assembly = metadata.AssemblyPath ?? FindNewest(metadata.ProjectPath) ?? "";
        return File.Exists(assembly)
            ? new ProcessCommand(ProgramLocator.DotNet, [assembly], Path.GetDirectoryName(assembly)!, ProcessCommand.NoEnvironment)
            : throw new DistributedApplicationException($"project '{project.Name}' has not been built: dotnet build {metadata.ProjectPath}");
    }

    // .../NnGpt.Trainer.csproj -> .../bin/Release/net10.0/NnGpt.Trainer.dll, whichever configuration was built last
    private static string? FindNewest(string projectPath)
    {
        string bin = Path.Combine(Path.GetDirectoryName(projectPath)!, "bin");
        string name = Path.GetFileNameWithoutExtension(projectPath) + ".dll";
        return Directory.Exists(bin)
            ? Directory.EnumerateFiles(bin, name, SearchOption.AllDirectories)
                .Where(path => File.Exists(Path.ChangeExtension(path, ".runtimeconfig.json")))
                .MaxBy(File.GetLastWriteTimeUtc)
            : null;
    }
}
