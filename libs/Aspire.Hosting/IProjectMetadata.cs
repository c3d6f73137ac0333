namespace Aspire.Hosting;

/// <summary>Where a project of the solution is; the build generates one class of namespace Projects for each project the AppHost references.</summary>
public interface IProjectMetadata
{
    /// <summary>Full path of the .csproj file.</summary>
    string ProjectPath { get; }

    /// <summary>Full path of the built assembly; null to look for it under the project's bin folder.</summary>
    string? AssemblyPath => null;
}
