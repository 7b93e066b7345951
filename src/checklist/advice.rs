//! What to do about an item on each target; none where there is nothing to do. The upgrade goals are versions, not places: only what a version changes is
//! said for them.

use crate::target::Target::{self, Agent, AzureSsis, Fabric, Sql2022, Sql2025, Ssisdb};

/// A function from the target to the text for it.
macro_rules! advice {
    ($($(#[$meta:meta])* $name:ident { $($($target:ident)|+ => $text:literal,)+ })+) => {
        $($(#[$meta])* pub(super) const fn $name(target: Target) -> Option<&'static str> {
            $(if matches!(target, $($target)|+) { return Some($text); })+
            None
        })+
    };
}

advice! {
    // Accounts

    windows_account {
        Agent => "The account of the job step needs a login there and rights for the use listed: the service account of SQL Server Agent, or better a proxy \
                  with a credential of its own.",
        Ssisdb => "The account that starts the execution needs a login there and rights for the use listed; in a job that is the account of the job step. \
                   Started from another machine, it also needs Kerberos delegation.",
        AzureSsis => "The nodes have no Windows account of yours: give the activity or the catalog an execution credential that has a login and rights there, or \
                      change to a managed identity or a login.",
        Fabric => "Fabric runs packages without a Windows account: change to a service principal or another authentication that the server takes.",
    }
    entra_integrated {
        Agent | Ssisdb => "The account that runs the package must be federated with Entra and have a user in the database.",
        AzureSsis | Fabric => "The nodes have no Windows account to log in with: change to a managed identity or a service principal.",
    }
    managed_identity {
        Agent | Ssisdb => "Works only on an Azure machine, or one that Azure Arc manages: give its identity a user in the database and rights for the use listed.",
        AzureSsis => "Give the identity of the data factory, or the one assigned to the integration runtime, a user in the database and rights for the use listed.",
        Fabric => "Give the identity of the workspace a user in the database, if the server takes it; else change the authentication.",
    }
    login {
        Agent | Ssisdb | AzureSsis | Fabric => "Create the login, with rights for the use listed, and supply its password.",
    }
    interactive {
        Agent | Ssisdb | AzureSsis | Fabric => "Nobody is there to answer the question for a second factor: change to a service principal or a managed identity.",
    }

    // Servers

    own_server {
        Agent | Ssisdb => "There has to be one on the machine that runs the packages; else set the name of the server.",
        AzureSsis | Fabric => "No such server runs on the nodes: set the name of the server.",
    }
    server {
        Agent | Ssisdb => "Check from the machine that runs the packages: name resolution, port, firewall.",
        AzureSsis => "The integration runtime must reach it: by a public name and a firewall rule, by a virtual network with name resolution, or by a proxy on a \
                      self-hosted integration runtime.",
        Fabric => "It must be reachable from the internet by its public name.",
    }
    proxy {
        AzureSsis => "Set up and keep online: the self-hosted runtime with the Visual C++ runtime and every provider in the bitness it runs, the staging storage \
                      account with access for both sides, and the proxy settings of Azure-SSIS.",
        Fabric => "Fabric has no such proxy: the source must be reachable from the internet.",
    }

    // Features of the database servers

    linked_server {
        Agent | Ssisdb | AzureSsis | Fabric => "Create it, with a mapping for the login of the package.",
    }
    other_database {
        Agent | Ssisdb | AzureSsis | Fabric => "It must be on the same server, and the login of the package needs rights in it. Azure SQL Database knows no other \
                                                database by name.",
    }
    cmdshell {
        Agent | Ssisdb | AzureSsis | Fabric => "Switch on the option xp_cmdshell and grant EXECUTE on it, or give the login another way.",
    }
    ole_automation {
        Agent | Ssisdb | AzureSsis | Fabric => "Switch on the option of that name; the login has to be a member of sysadmin or be granted EXECUTE.",
    }
    database_mail {
        Agent | Ssisdb | AzureSsis | Fabric => "Set up Database Mail with the profile, and make the login a member of DatabaseMailUserRole in msdb.",
    }
    start_job {
        Agent | Ssisdb | AzureSsis | Fabric => "Create the jobs, and give the login a role of SQL Server Agent in msdb that may start them.",
    }
    ad_hoc_queries {
        Agent | Ssisdb | AzureSsis | Fabric => "Switch on the option of that name, and install on the server the providers that the statements name.",
    }
    bulk_files {
        Agent | Ssisdb | AzureSsis | Fabric => "The path counts on the database server: the files must be there and readable, and the login needs ADMINISTER BULK \
                                                OPERATIONS or bulkadmin.",
    }

    server_folder {
        Agent | Ssisdb | AzureSsis | Fabric => "The path counts on the database server: create it there, for its service account to write to.",
    }

    // Folders and programs

    share {
        Agent | Ssisdb => "Grant the account that runs the package the use listed, on the share and on the folder.",
        AzureSsis => "The nodes must reach it: by a virtual network, or as Azure Files; store a credential for it in the custom setup (cmdkey) or give the activity \
                      one.",
        Fabric => "Fabric does not reach file shares: move the files to OneLake or to storage in Azure.",
    }
    local_folder {
        Agent | Ssisdb => "Create it on the machine that runs the packages, and grant their account the use listed.",
        AzureSsis | Fabric => "The nodes have no such folder: set a path on Azure Files, OneLake or in another storage.",
    }
    user_profile {
        Agent | Ssisdb => "Another account cannot open it: set a folder that the account of the run may use.",
        AzureSsis | Fabric => "The nodes have no such folder: set a path on Azure Files, OneLake or in another storage.",
    }
    environment_folder {
        Agent | Ssisdb => "Set the variable of the environment for the service, and restart the service afterwards.",
        AzureSsis => "Set the variable of the environment in the custom setup.",
        Fabric => "Set a path without a variable of the environment.",
    }
    address {
        Agent | Ssisdb | AzureSsis | Fabric => "It must be reachable from where the packages run.",
    }
    relative_folder {
        Agent | Ssisdb => "Set a full path: jobs start in a system folder.",
        AzureSsis | Fabric => "Set a full path: nobody decides where the nodes start the package.",
    }
    unknown_folder {
        Agent | Ssisdb | AzureSsis | Fabric => "Find out what decides it, and grant the account of the run the use listed.",
    }
    program {
        Agent | Ssisdb => "Install it on the machine that runs the packages; their account must be allowed to start it.",
        AzureSsis => "Bring it to the nodes by the custom setup, unless it is part of Windows.",
        Fabric => "Programs cannot be brought to the nodes of Fabric.",
    }

    // Providers and components

    provider {
        Agent | Ssisdb => "Install it on the machine that runs the packages in the bitness of the run: 64-bit, unless job step or execution ask for 32-bit.",
    }
    provider_not_on_azure {
        Agent | Ssisdb => "Install it on the machine that runs the packages in the bitness of the run: 64-bit, unless job step or execution ask for 32-bit.",
        AzureSsis => "Azure-SSIS does not bring it, or is not known to: install it by the custom setup.",
        Fabric => "Nothing can be installed on Fabric: change to a provider that is there.",
    }
    provider_32_bit {
        Agent | Ssisdb => "Run the job step or execution in 32-bit on a machine that has it, or change the provider.",
        AzureSsis | Fabric => "There is no such provider: change it.",
    }
    native_client_11 {
        Agent | Ssisdb => "Comes with SQL Server up to 2019: on a machine without one, install it in the bitness of the run, or change to MSOLEDBSQL.",
        Sql2022 | Sql2025 => "Setup no longer installs it: install it separately, or change to MSOLEDBSQL.",
    }
    native_client {
        Agent | Ssisdb => "Comes with an old version of SQL Server: install it in the bitness of the run, or change to MSOLEDBSQL.",
        AzureSsis => "Azure-SSIS does not have it: change to MSOLEDBSQL, or install it by the custom setup.",
        Fabric => "Nothing can be installed on Fabric: change to MSOLEDBSQL.",
        Sql2022 | Sql2025 => "Setup no longer installs it: change to MSOLEDBSQL.",
    }
    data_provider {
        Agent | Ssisdb => "Install it on the machine that runs the packages, in the bitness of the run, so that all programs find it.",
        AzureSsis => "Install it by the custom setup.",
        Fabric => "Nothing can be installed on Fabric: change to a provider that is there.",
    }
    data_source_name {
        Agent | Ssisdb => "Create it as a system data source in the bitness of the run; one of a user is not there for another account.",
        AzureSsis => "Create it as a system data source in the custom setup, with its driver.",
        Fabric => "Data sources cannot be created on Fabric: write driver and server into the connection string.",
    }
    azure_pack {
        Agent | Ssisdb => "Install it on the machine that runs the packages, in the version of that SQL Server.",
    }
    download {
        Agent | Ssisdb => "Install it on the machine that runs the packages; SQL Server Setup does not.",
        Fabric => "Nothing can be installed on Fabric.",
    }
    download_not_on_azure {
        Agent | Ssisdb => "Install it on the machine that runs the packages; SQL Server Setup does not.",
        AzureSsis => "Install it by the custom setup, which takes an integration runtime of the Enterprise edition.",
        Fabric => "Nothing can be installed on Fabric.",
    }
    third_party {
        Agent | Ssisdb => "Install it, with its licence, on the machine that runs the packages, in the version of that SQL Server.",
        AzureSsis => "Install it, with its licence, by the custom setup.",
        Fabric => "Nothing can be installed on Fabric: replace it.",
        Sql2022 | Sql2025 => "Get the release for this version.",
    }
    removed_in_2025 {
        Sql2025 => "Replace it before the upgrade.",
    }
    enterprise {
        Agent | Ssisdb => "The SQL Server that runs the packages has to be of the Enterprise or Developer edition.",
        AzureSsis => "The integration runtime has to be of the Enterprise edition.",
    }

    // Values

    required_parameter {
        Agent => "Give a value in the job step or on the command line; without one the package does not start.",
        Ssisdb | AzureSsis => "Give a value in the catalog, by an environment or for each execution; without one the execution does not start.",
        Fabric => "Give a value in the activity; without one the package does not start.",
    }
    parameter {
        Agent => "Check whether the value fits, and set another one in the job step or on the command line.",
        Ssisdb | AzureSsis => "Check whether the value fits, and set another one in the catalog or by an environment.",
        Fabric => "Check whether the value fits, and set another one in the activity.",
    }
    configuration_file {
        Agent => "Put the file there, readable for the account of the run and nobody else; without it the values from design time are used.",
        Ssisdb => "The catalog works with parameters: turn the configuration into them when the project is converted.",
        AzureSsis => "Put the file on a share that the nodes reach, or turn the configuration into parameters.",
        Fabric => "Turn the configuration into parameters.",
    }
    configuration_table {
        Agent => "Create the table and fill the rows; the account of the run needs SELECT.",
        Ssisdb => "The catalog works with parameters: turn the configuration into them when the project is converted.",
        AzureSsis => "Create the table in a database that the nodes reach, or turn the configuration into parameters.",
        Fabric => "Turn the configuration into parameters.",
    }
    configuration_variable {
        Agent => "Set it for the system or the account of the run, and restart the service afterwards.",
        Ssisdb => "The catalog works with parameters: turn the configuration into them when the project is converted.",
        AzureSsis => "Set it in the custom setup, or turn the configuration into parameters.",
        Fabric => "Turn the configuration into parameters.",
    }
    configuration_key {
        Agent => "Create it in the registry of the account that runs the package, not in that of the author.",
        Ssisdb => "The catalog works with parameters: turn the configuration into them when the project is converted.",
        AzureSsis | Fabric => "There is no registry to prepare: turn the configuration into parameters.",
    }
    configuration_parent {
        Agent | Ssisdb | AzureSsis | Fabric => "The calling package must have the variable; started alone, the package uses the values from design time.",
    }
    package_password {
        Agent => "Give it to the job step or to dtexec (/DECRYPT).",
        Ssisdb => "Give it when the project is deployed; the catalog encrypts anew.",
        AzureSsis => "Give it when the project is deployed, or to the activity for a package outside the catalog.",
        Fabric => "Give it to the activity.",
    }
    user_key {
        Agent => "Only the account that saved it can read it: run under that account on its machine, or save with another protection level and supply the secret by \
                  a configuration or the job step.",
        Ssisdb | AzureSsis => "Only the account that saved it can read it: deploy with that account, so that the catalog can encrypt anew, or supply the secret in \
                               the catalog.",
        Fabric => "Only the account that saved it can read it: save with another protection level, and supply the secret in the activity.",
    }
    stripped_password {
        Agent => "It is not stored: supply it by a configuration or in the job step.",
        Ssisdb | AzureSsis => "It is not stored: supply it in the catalog, in the connection manager of the project or by a sensitive parameter.",
        Fabric => "It is not stored: supply it in the activity.",
    }

    // Everything else

    transaction {
        Agent | Ssisdb => "Start it and open it for the network on the machine that runs the packages and on the servers, with the ports in both firewalls.",
        AzureSsis | Fabric => "The nodes cannot take part in such transactions with servers elsewhere: test it, or do the work in a transaction of the database.",
    }
    child_file {
        Agent => "Put the file there, readable for the account of the run.",
        Ssisdb => "It is not deployed with the project: put the file there, readable for the account that starts the execution, or add it to the project.",
        AzureSsis => "Put the file on a share that the nodes reach, or add the package to the project.",
        Fabric => "Fabric starts single packages: call the child by an activity of its own.",
    }
    child_on_server {
        Agent | Ssisdb | AzureSsis => "Store the package there; the account of the run needs the right to read it (db_ssisoperator in msdb).",
        Fabric => "Fabric starts single packages: call the child by an activity of its own.",
    }
    tls {
        Agent | Ssisdb => "Let the .NET Framework use TLS 1.2 where it does not by default (SchUseStrongCrypto).",
        AzureSsis => "Behind a self-hosted integration runtime, let the .NET Framework use TLS 1.2 there (SchUseStrongCrypto).",
    }
    event_log {
        Agent | Ssisdb => "The account of the run must be allowed to write to it.",
        AzureSsis | Fabric => "Nobody reads it on the nodes: log elsewhere.",
    }
    java {
        Agent | Ssisdb => "Install a 64-bit Java runtime on the machine that runs the packages.",
        AzureSsis => "Install a 64-bit Java runtime by the custom setup, and on the self-hosted integration runtime where a proxy is used.",
        Fabric => "Nothing can be installed on Fabric: use text or Avro files.",
    }
    memory {
        Agent | Ssisdb => "Leave memory beside SQL Server, and room on the disk of the folders for temporary files (TEMP, BufferTempStoragePath).",
        AzureSsis => "Choose a node size with the memory and disk for the rows; a full disk ends the run with \"There is not enough space on the disk\".",
    }
    deployment_tools {
        Ssisdb | AzureSsis => "Deploy from a machine that has the same components, with tools of the version of the target: others drop what they do not know, and \
                               the run says \"The connection is not found\".",
    }
    custom_setup {
        AzureSsis => "The container with the setup must be reachable whenever a node starts: a signature (SAS) that does not expire.",
    }
    storage {
        Agent => "Decide where the packages are kept: msdb, the package store or a folder that only few can write to. The job history cuts messages off: switch on \
                  logging.",
        Ssisdb => "SSISDB must exist with CLR switched on; set the logging level and for how long it keeps its logs, so that they do not fill the disk.",
        AzureSsis => "Choose the tier of the database for SSISDB, the logging level and for how long it keeps its logs: it has a size quota and a limit of requests. \
                      Packages outside the catalog need a credential for their store.",
        Fabric => "Packages lie in OneLake; write their logs there too.",
    }
    capacity {
        AzureSsis => "Nodes times executions per node must suffice, or executions wait; keep the runtime in the region of the data. Retries in the pipeline start the \
                      packages again: only for packages that can be run twice.",
        Fabric => "Retries in the pipeline start the packages again: only for packages that can be run twice.",
    }
}
