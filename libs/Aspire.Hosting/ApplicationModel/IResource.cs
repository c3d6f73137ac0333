namespace Aspire.Hosting.ApplicationModel;

/// <summary>A part of the application: a program, a broker, a value.</summary>
public interface IResource
{
    /// <summary>Unique in the application: lower-case letters, digits and hyphens.</summary>
    string Name { get; }

    /// <summary>What the builder methods said about the resource, in the order they said it.</summary>
    ResourceAnnotationCollection Annotations { get; }
}
