//! The TLS of a test: a certificate of its own, and a port at which plain connections are taken and carried on encrypted, so that the
//! tests' clients meet a real proxy as browsers do.

use rcgen::{CertifiedKey, generate_simple_self_signed};
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::sync::Arc;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener as Listener, TcpSocket, TcpStream};
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

/// A certificate, which is its own root, and its key.
pub struct Certificate {
    name: String,
    der: CertificateDer<'static>,
    pem: String,
    key: String,
}

impl Certificate {
    /// One for this host.
    pub fn new(name: &str) -> Self {
        let CertifiedKey { cert, signing_key } = generate_simple_self_signed([String::from(name)]).unwrap();
        Self { name: name.into(), der: cert.der().clone(), pem: cert.pem(), key: signing_key.serialize_pem() }
    }

    /// Writes `certificate.pem` and `key.pem` into a folder.
    pub fn write(&self, folder: &Path) {
        std::fs::write(folder.join("certificate.pem"), &self.pem).unwrap();
        std::fs::write(folder.join("key.pem"), &self.key).unwrap();
    }

    /// Opens a port from which connections go on, encrypted, to port `to`, whose certificate has to be this one. They come from
    /// `sources` in turn, all of them addresses of this machine. It ends with the test.
    pub fn tunnel(&self, to: u16, sources: Vec<Ipv4Addr>) -> u16 {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        listener.set_nonblocking(true).unwrap();
        let port = listener.local_addr().unwrap().port();
        let mut roots = RootCertStore::empty();
        roots.add(self.der.clone()).unwrap();
        let mut config = ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        let connector = TlsConnector::from(Arc::new(config));
        let name = ServerName::try_from(self.name.clone()).unwrap();
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build().unwrap();
            runtime.block_on(async move {
                let listener = Listener::from_std(listener).unwrap();
                for source in sources.into_iter().cycle() {
                    let Ok((client, _)) = listener.accept().await else { return };
                    drop(tokio::spawn(carry(client, connector.clone(), name.clone(), source, to)));
                }
            });
        });
        port
    }
}

async fn carry(
    mut client: TcpStream,
    connector: TlsConnector,
    name: ServerName<'static>,
    source: Ipv4Addr,
    to: u16,
) -> std::io::Result<()> {
    let socket = TcpSocket::new_v4()?;
    socket.bind((source, 0).into())?;
    let outside = socket.connect((Ipv4Addr::LOCALHOST, to).into()).await?;
    let mut outside = connector.connect(name, outside).await?;
    copy_bidirectional(&mut client, &mut outside).await.map(drop)
}
